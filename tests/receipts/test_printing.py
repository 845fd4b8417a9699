"""The papers as they come off the press: every field, tags, fonts, pictures, the same bytes each time."""

import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path

import page as validator
import pikepdf
import pytest
from PIL import Image

from receipts import press
from receipts.papers import Edition, Paper, number_text
from receipts.press import FontsOnly, OutsideAddress
from receipts.render import Imprint, html_of, render, warm
from receipts.wording import date_in_figures
from tests.receipts.samples import (
    ALL,
    CONTROL_SHEET,
    GUIDANCE,
    OFFICE,
    RECEIPT,
    REFUSAL,
    REGISTER_PAGE,
    at,
)

EVERY = [(paper, edition) for paper in ALL for edition in Edition]
NAMES = [f"{paper.kind.value}-{edition.value}" for paper, edition in EVERY]
TITLES = {
    "receipt": "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    "guidance": "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    "refusal": "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
    "control_sheet": "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
    "register_page": "SỔ THEO DÕI HỒ SƠ",
}
# Facts that are drawn, or that only the other form set has: everything else must be read on the paper.
DRAWN = {"lookup_url", "code", "unit"}
NOT_IN = {
    ("receipt", Edition.TT01_2018): {"authorisation", "id_number", "fee"},
    ("receipt", Edition.TT03_2025): set(),
    ("guidance", Edition.TT01_2018): {"id_number"},
    ("guidance", Edition.TT03_2025): {"id_number"},
    ("refusal", Edition.TT01_2018): {"id_number"},
    ("refusal", Edition.TT03_2025): set(),
    ("control_sheet", Edition.TT01_2018): {"cooperating_units", "id_number", "email"},
    ("control_sheet", Edition.TT03_2025): {"id_number", "email"},
    ("register_page", Edition.TT01_2018): set(),
    ("register_page", Edition.TT03_2025): {"sets", "passed_at", "result_at", "note"},
}
# The office's telephone and site stand on a paper only where the form asks whom to turn to.
OFFICE_ONLY = {"phone", "website", "code", "unit"}


def imprint(paper: Paper, edition: Edition) -> Imprint:
    return Imprint(
        number_text=number_text(number=18, kind=paper.kind, edition=edition, unit="TTPVHCC"),
        issued_at=at(16, 9, 41),
        edition=edition,
        verify_url="https://motcua.example/xac-thuc/7F3KABCDEFGH2345/",
        token="7F3KABCDEFGH2345",
    )


def text_of(pdf: bytes, folder: Path) -> str:
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    out = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return out.stdout.decode()


def squeezed(text: str) -> str:
    """Without spaces, so that a line broken in a narrow cell counts as read."""
    return "".join(text.split()).lower()


def words_of(value: object, left_out: set[str]) -> list[str]:
    """Every word and day of a record, deep."""
    if isinstance(value, datetime):
        local = date_in_figures(value)
        return [local]
    if isinstance(value, StrEnum):
        return [value.value]
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, tuple):
        return [word for item in value for word in words_of(item, left_out)]
    if is_dataclass(value):
        hidden = left_out | (OFFICE_ONLY if value is OFFICE else set())
        kept = [field.name for field in fields(value) if field.name not in hidden]
        return [word for name in kept for word in words_of(getattr(value, name), left_out)]
    return []


def dates_as_figures(text: str) -> str:
    """Days in words also as figures: "ngày 16 tháng 11 năm 2026" adds 16/11/2026."""
    flat = " ".join(text.split())
    parts = flat.split("ngày ")
    extra = []
    for part in parts[1:]:
        words = part.replace(",", " ").split()
        if len(words) > 4 and words[1] == "tháng" and words[3] == "năm":
            extra.append(f"{int(words[0]):02d}/{int(words[2]):02d}/{words[4][:4]}")
    return flat + " " + " ".join(extra)


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, Edition], bytes]:
    return {(paper.kind.value, edition): render(paper, imprint(paper, edition)) for paper, edition in EVERY}


@pytest.mark.parametrize(("paper", "edition"), EVERY, ids=NAMES)
def test_every_field_of_the_form_can_be_read(paper: Paper, edition: Edition, printed, tmp_path: Path):
    if paper is REGISTER_PAGE:
        paper = replace(REGISTER_PAGE, rows=REGISTER_PAGE.rows[:1])
        pdf = render(paper, imprint(paper, edition))
    else:
        pdf = printed[paper.kind.value, edition]
    text = text_of(pdf, tmp_path)
    found = squeezed(dates_as_figures(text))
    # Cells side by side are read line by line, so each word is looked for alone.
    for phrase in words_of(paper, DRAWN | NOT_IN[paper.kind.value, edition]):
        for word in phrase.split():
            assert squeezed(word) in found, (phrase, word)


@pytest.mark.parametrize(("paper", "edition"), EVERY, ids=NAMES)
def test_the_heading_is_that_of_a_state_paper(paper: Paper, edition: Edition, printed, tmp_path: Path):
    text = " ".join(text_of(printed[paper.kind.value, edition], tmp_path).split())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "UBND PHƯỜNG THÀNH VINH" in text
    assert f"Số: {imprint(paper, edition).number_text}" in text
    assert "Nghệ An, ngày 16 tháng 11 năm 2026" in text
    assert TITLES[paper.kind.value] in text
    assert "7F3K-ABCD-EFGH-2345" in text


@pytest.mark.parametrize(("paper", "edition"), EVERY, ids=NAMES)
def test_it_is_a_tagged_pdf_that_passes_pdf_ua(paper: Paper, edition: Edition, printed):
    pdf = printed[paper.kind.value, edition]
    report = validator.validate_pdf_bytes(pdf, profile=validator.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [str(failure) for failure in report.failures]
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "vi"


@pytest.mark.parametrize(("paper", "edition"), EVERY, ids=NAMES)
def test_it_embeds_only_the_fonts_of_the_product(paper: Paper, edition: Edition, printed, tmp_path: Path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(printed[paper.kind.value, edition])
    out = subprocess.run(["pdffonts", str(file)], capture_output=True, check=True).stdout.decode()
    rows = [row.split() for row in out.splitlines()[2:]]
    assert rows
    assert all("Tinos" in row[0] for row in rows)
    # Columns: name, type (two words), encoding, emb, sub, uni, object.
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows)


@pytest.mark.parametrize(("paper", "edition"), EVERY, ids=NAMES)
def test_it_can_be_seen(paper: Paper, edition: Edition, printed, tmp_path: Path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(printed[paper.kind.value, edition])
    subprocess.run(["pdftoppm", "-r", "40", "-png", str(file), str(tmp_path / "seen")], check=True)
    pages = sorted(tmp_path.glob("seen*.png"))
    assert pages
    with Image.open(pages[0]) as picture:
        dark = sum(picture.convert("L").histogram()[:128])
        assert dark > picture.width * picture.height / 100


@pytest.mark.parametrize(("paper", "edition"), EVERY, ids=NAMES)
def test_the_same_facts_give_the_same_bytes(paper: Paper, edition: Edition, printed):
    assert render(paper, imprint(paper, edition)) == printed[paper.kind.value, edition]


@pytest.mark.parametrize(
    "paper", [RECEIPT, GUIDANCE, REFUSAL, CONTROL_SHEET], ids=lambda paper: paper.kind.value
)
def test_the_fullest_sample_stays_on_one_page(paper: Paper):
    with pikepdf.open(BytesIO(render(paper, imprint(paper, Edition.TT03_2025)))) as document:
        assert len(document.pages) == 1


def test_a_long_control_sheet_repeats_its_head(tmp_path: Path):
    long = replace(CONTROL_SHEET, hand_overs=CONTROL_SHEET.hand_overs * 6)
    pdf = render(long, imprint(long, Edition.TT03_2025))
    text = text_of(pdf, tmp_path)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) > 1
        assert text.count("TÊN CƠ QUAN") == len(document.pages)


def test_what_is_not_known_is_said_so(tmp_path: Path):
    unknown = replace(RECEIPT, due_at=None, allowed_time="", due_explanation="", papers=())
    text = text_of(render(unknown, imprint(unknown, Edition.TT03_2025)), tmp_path)
    assert "Chưa công bố thời hạn" in text
    assert "chưa công bố" in text


def test_signs_of_html_in_names_are_only_signs(tmp_path: Path):
    odd = replace(RECEIPT, procedure_name="Cấp <b>phép</b> & 'gia hạn'")
    text = text_of(render(odd, imprint(odd, Edition.TT03_2025)), tmp_path)
    assert "Cấp <b>phép</b> & 'gia hạn'" in " ".join(text.split())


def test_it_prints_without_a_case_code(tmp_path: Path):
    early = replace(GUIDANCE, case_code="", lookup_url="")
    text = text_of(render(early, imprint(early, Edition.TT03_2025)), tmp_path)
    assert "Mã hồ sơ" not in text
    assert "PHIẾU YÊU CẦU BỔ SUNG" in text


@pytest.mark.parametrize("address", ["https://example.vn/a.css", "file:///etc/passwd", "data:text/css,a{}"])
def test_it_fetches_nothing_from_outside(address: str):
    with pytest.raises(OutsideAddress):
        FontsOnly().fetch(address)


def test_the_qr_code_of_a_receipt_leads_to_the_case():
    assert f"Mã QR: {RECEIPT.lookup_url}".replace("&", "&amp;") in html_of(
        RECEIPT, imprint(RECEIPT, Edition.TT03_2025)
    )


def test_the_press_is_set_up_once():
    warm()
    assert press.type_case() is press.type_case()


def test_the_shop_opens_without_the_layout_engine():
    code = (
        "import sys, django; sys.modules['weasyprint'] = None; django.setup();"
        " import receipts.register, receipts.views; print('receipts.press' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert out.stdout.strip() == "False"
