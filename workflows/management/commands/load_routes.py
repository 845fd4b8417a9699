from django.core.management.base import BaseCommand

from onestop import clock
from workflows.route_loading import load_routes


class Command(BaseCommand):
    help = "Publishes a route for every procedure of the curated catalogue; safe to run again."

    def handle(self, *args: object, **options: object) -> None:
        loaded = load_routes(now=clock.now())
        for code, fault in loaded.faulty:
            self.stderr.write(f"{code}: {fault.sentence}")
        if loaded.without:
            self.stdout.write(f"Chưa có quy trình: {', '.join(loaded.without)}")
        self.stdout.write(
            f"{loaded.published} quy trình mới, {loaded.unchanged} không đổi, {len(loaded.faulty)} lỗi."
        )
