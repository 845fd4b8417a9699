"""A receipt as the product prints it, beside the least WeasyPrint needs for the same visible content.

The peer is the same page, ready as text, written by WeasyPrint alone: no facts, template, tags or identifier.
Limit: 1.3 times that in one run, and 15 MB more memory after 300 receipts. The same words as bare paragraphs,
without columns, boxes and places, are timed too: the floor that no laid out page reaches.
"""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import django
import segno

django.setup()

from weasyprint import CSS, HTML  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402

from receipts import barcodes  # noqa: E402
from receipts.papers import Receipt, edition_on  # noqa: E402
from receipts.press import FONTS, type_case  # noqa: E402
from receipts.render import Imprint, html_of, render  # noqa: E402
from tests.receipts.samples import RECEIPT  # noqa: E402

ROUNDS = 40
MANY = 300
LIMIT_RATIO = 1.3
LIMIT_GROWTH_MB = 15.0
IMPRINT = Imprint(
    number_text="18/TTPVHCC",
    issued_at=RECEIPT.received_at,
    edition=edition_on(RECEIPT.received_at.date()),
    verify_url="http://127.0.0.1:8000/xac-thuc/7F3KABCDEFGH2345/",
    token="7F3KABCDEFGH2345",
)
FACE = f"@font-face {{{{ font-family: T; src: url({FONTS.as_uri()}/tinos-viet-{{}}.woff2); {{}} }}}}"
PLAIN_CSS = f"""
{FACE.format("400-normal", "")}
{FACE.format("700-normal", "font-weight: 700")}
{FACE.format("400-italic", "font-style: italic")}
@page {{ size: A4; margin: 12mm 15mm 12mm 25mm;
@bottom-left {{ content: "{RECEIPT.case_code}"; font-family: T }}
@bottom-right {{ content: "Trang " counter(page) "/" counter(pages); font: italic 9pt T }} }}
html {{ font: 12pt T }} p {{ margin: 0 }} svg {{ width: 30mm }} table {{ border-collapse: collapse }}
td, th {{ border: 1px solid }}
"""


def bars(text: str) -> str:
    figure = barcodes.code128(text)
    at, boxes = 0, []
    for place, width in enumerate(int(part) for part in figure.dashes.split()[:-1]):
        boxes += [f"M{at} 0h{width}v30h-{width}z"] if place % 2 == 0 else []
        at += width
    return f'<svg viewBox="0 0 {figure.width} 30"><path d="{"".join(boxes)}"/></svg>'


def plain_html() -> str:
    """The words and drawings of the sample receipt in paragraphs and one table, nothing else."""
    receipt = RECEIPT
    rows = "".join(
        f"<tr><td>{place}</td><td>{line.name}</td><td>Bản chính</td><td>01</td></tr>"
        for place, line in enumerate(receipt.papers, start=1)
    )
    act = receipt.authorisation
    assert act is not None
    lines = (
        receipt.office.parent_name,
        f"<b>{receipt.office.name}</b>",
        "<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>",
        "<b>Độc lập - Tự do - Hạnh phúc</b>",
        f"Số: {IMPRINT.number_text}",
        "<i>Nghệ An, ngày 16 tháng 11 năm 2026</i>",
        bars(receipt.case_code),
        receipt.case_code,
        receipt.copy_mark,
        "<b>GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ</b>",
        f"Mã hồ sơ: <b>{receipt.case_code}</b>",
        receipt.office.name,
        f"Tiếp nhận hồ sơ của: <b>{receipt.applicant.name}</b>",
        f"Số định danh cá nhân/tổ chức: {receipt.applicant.id_number}",
        f"Địa chỉ: {receipt.applicant.address}",
        f"Số điện thoại: {receipt.applicant.phone}",
        f"Email: {receipt.applicant.email}",
        f"Người ủy quyền: <b>{act.principal.name}</b>",
        f"Địa chỉ: {act.principal.address}",
        f"Số định danh cá nhân/tổ chức: {act.principal.id_number}",
        f"Số điện thoại: {act.principal.phone}",
        f"Email: {act.principal.email}",
        f"Giấy tờ ủy quyền: {act.paper}",
        f"Nội dung yêu cầu giải quyết: <b>{receipt.procedure_name}</b> (mã {receipt.procedure_code})",
        "<b>1. Thành phần hồ sơ nộp gồm:</b>",
        f"<table><tr><th>STT<th>Tên giấy tờ<th>Loại giấy tờ<th>Số lượng</tr>{rows}</table>",
        "<b>2. Số lượng hồ sơ:</b> 01 (bộ)",
        f"<b>3. Thời gian giải quyết theo quy định:</b> {receipt.allowed_time}",
        "<b>4. Thời gian nhận hồ sơ:</b> 09 giờ 40 phút, thứ Hai ngày 16 tháng 11 năm 2026",
        "<b>5. Thời gian trả kết quả:</b>",
        "<b>17 giờ 30 phút, thứ Năm ngày 26 tháng 11 năm 2026</b>",
        receipt.due_explanation,
        segno.make(receipt.lookup_url, error="m").svg_inline(),
        "Quét để theo dõi",
        f"Mã tra cứu: <b>{receipt.secret}</b>",
        f"<b>6. Đăng ký nhận kết quả tại:</b> {receipt.collect_at}",
        "<b>7. Phí, lệ phí (nếu có):</b> 75.000 đồng, đã nộp trực tuyến, biên lai 0004127.",
        f"Vào Sổ theo dõi hồ sơ, Quyển số {receipt.book}, Số thứ tự {receipt.book_number}",
        "<b>NGƯỜI NỘP HỒ SƠ</b> <b>NGƯỜI TIẾP NHẬN HỒ SƠ</b>",
        "<i>(Ký và ghi rõ họ tên)</i> <i>(Ký và ghi rõ họ tên)</i>",
        "Ký số bởi Nguyễn Thị Mai 16/11/2026 09:41:00 +07:00",
        f"<b>{receipt.applicant.name}</b> <b>{receipt.receiver_name}</b>",
        f"Mã xác thực: <b>7F3K-ABCD-EFGH-2345</b> tại {IMPRINT.verify_url}",
    )
    return "<html lang=vi><title>Giấy</title>" + "".join(f"<p>{line}</p>" for line in lines)


def product(number: int) -> bytes:
    """A receipt nobody printed before, from the facts as the register keeps them."""
    facts = replace(RECEIPT, secret=f"{number:04d}", lookup_url=f"{RECEIPT.lookup_url}{number}").to_facts()
    return render(Receipt.from_facts(facts), IMPRINT)


def median_ms(makers: tuple[Callable[[int], bytes], ...]) -> list[float]:
    """Medians of makers taking turns, so that both meet the same moods of the machine."""
    times: list[list[float]] = [[] for _ in makers]
    for number in range(ROUNDS):
        for place, make in enumerate(makers):
            started = time.perf_counter()
            make(number)
            times[place].append((time.perf_counter() - started) * 1000)
    return [statistics.median(row) for row in times]


def resident_mb() -> float:
    gc.collect()
    line = next(row for row in Path("/proc/self/status").read_text().splitlines() if row.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def run() -> Iterator[dict[str, object]]:
    """Time and memory of receipts."""
    fonts = FontConfiguration()
    sheet = CSS(string=PLAIN_CSS, font_config=fonts)
    plain, ready = plain_html(), html_of(RECEIPT, IMPRINT)

    def bare(number: int) -> bytes:
        page: bytes = HTML(string=plain).write_pdf(stylesheets=[sheet], font_config=fonts)
        return page

    def minimal(number: int) -> bytes:
        page: bytes = HTML(string=ready).write_pdf(stylesheets=[type_case()[1]], font_config=type_case()[0])
        return page

    started = time.perf_counter()
    product(0)
    cold = (time.perf_counter() - started) * 1000
    minimal(0), bare(0)
    ours, least, floor = median_ms((product, minimal, bare))
    yield {"bench": "receipt", "value": round(ours, 1), "unit": "ms", "n": ROUNDS, "against": "-"}
    yield {
        "bench": "receipt minimal",
        "value": round(least, 1),
        "unit": "ms",
        "n": ROUNDS,
        "against": "WeasyPrint",
    }
    yield {
        "bench": "receipt ratio",
        "value": round(ours / least, 2),
        "unit": "x",
        "n": ROUNDS,
        "against": "minimal WeasyPrint document: the same page, untagged",
        "limit": LIMIT_RATIO,
        "holds": ours / least <= LIMIT_RATIO,
    }
    yield {
        "bench": "receipt over bare paragraphs",
        "value": round(ours / floor, 2),
        "unit": "x",
        "n": ROUNDS,
        "against": f"the same words without layout, {floor:.1f} ms",
    }
    yield {"bench": "receipt cold", "value": round(cold, 1), "unit": "ms", "n": 1, "against": "-"}
    before = resident_mb()
    for number in range(MANY):
        product(1000 + number)
    growth = resident_mb() - before
    yield {
        "bench": "receipt memory",
        "value": round(growth, 1),
        "unit": "MB",
        "n": MANY,
        "against": "the warm process",
        "limit": LIMIT_GROWTH_MB,
        "holds": growth <= LIMIT_GROWTH_MB,
    }
