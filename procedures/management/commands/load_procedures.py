from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from onestop import clock
from onestop.agencies.refusals import Refusal
from procedures.curated import curated_records
from procedures.models import Origin
from procedures.records import FIRST_DAY
from procedures.storing import Outcome, store


class Command(BaseCommand):
    """Nạp danh mục biên tập."""

    help = "Nạp danh mục thủ tục biên tập từ procedures/data; chạy lại không làm thay đổi gì."

    def handle(self, *args: object, **options: object) -> None:
        try:
            records = curated_records()
            outcomes = Counter(
                store(records=records, origin=Origin.CURATED, begins=FIRST_DAY, now=clock.now())
            )
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(
            f"Thủ tục: thêm {outcomes[Outcome.NEW]}, sửa {outcomes[Outcome.CHANGED]}, "
            f"giữ nguyên {outcomes[Outcome.UNCHANGED]}, để lại bản biên tập tại chỗ {outcomes[Outcome.KEPT]}."
        )
