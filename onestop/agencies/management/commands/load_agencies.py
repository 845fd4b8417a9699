from collections import Counter

from django.conf import settings
from django.core.management.base import BaseCommand

from onestop.agencies.loading import load_tree
from onestop.agencies.models import AgencyKind
from onestop.agencies.tree import agency_facts, succession_facts


class Command(BaseCommand):
    help = "Nạp cây cơ quan của tỉnh từ onestop/agencies/data; chạy lại không làm thay đổi gì."

    def handle(self, *args: object, **options: object) -> None:
        facts = agency_facts(province_code=settings.PROVINCE_CODE, province_name=settings.PROVINCE_NAME)
        report = load_tree(agencies=facts, successions=succession_facts())
        for kind, count in Counter(fact.kind for fact in facts).items():
            self.stdout.write(f"{count:5}  {AgencyKind(kind).label}")
        self.stdout.write(
            f"Cơ quan: thêm {report.created}, sửa {report.changed}, giữ nguyên {report.unchanged}; "
            f"kế thừa: thêm {report.successions_created}."
        )
