"""The words of the sample receipt as bare paragraphs and one table: the floor of the receipt bench."""

import segno

from receipts import barcodes
from receipts.papers import Receipt
from receipts.press import FONTS
from receipts.render import Imprint
from tests.receipts.samples import RECEIPT

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


def above_the_table(receipt: Receipt, imprint: Imprint) -> tuple[str, ...]:
    act = receipt.authorisation
    assert act is not None
    return (
        receipt.office.parent_name,
        f"<b>{receipt.office.name}</b>",
        "<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>",
        "<b>Độc lập - Tự do - Hạnh phúc</b>",
        f"Số: {imprint.number_text}",
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
    )


def from_the_table(receipt: Receipt, imprint: Imprint) -> tuple[str, ...]:
    rows = "".join(
        f"<tr><td>{place}</td><td>{line.name}</td><td>Bản chính</td><td>01</td></tr>"
        for place, line in enumerate(receipt.papers, start=1)
    )
    return (
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
        f"Mã xác thực: <b>7F3K-ABCD-EFGH-2345</b> tại {imprint.verify_url}",
    )


def plain_html(receipt: Receipt, imprint: Imprint) -> str:
    lines = above_the_table(receipt, imprint) + from_the_table(receipt, imprint)
    return "<html lang=vi><title>Giấy</title>" + "".join(f"<p>{line}</p>" for line in lines)
