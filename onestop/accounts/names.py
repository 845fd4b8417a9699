"""Folded spelling of names, so that a search works with or without accents."""

import unicodedata

# Every accented Vietnamese letter and its base letter, for the database's translate(): it folds the same way
# on a server without the unaccent extension and whatever the collation.
ACCENTED = (
    "àáảãạăằắẳẵặâầấẩẫậÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ"
    "èéẻẽẹêềếểễệÈÉẺẼẸÊỀẾỂỄỆ"
    "ìíỉĩịÌÍỈĨỊ"
    "òóỏõọôồốổỗộơờớởỡợÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ"
    "ùúủũụưừứửữựÙÚỦŨỤƯỪỨỬỮỰ"
    "ỳýỷỹỵỲÝỶỸỴ"
    "đĐ"
)
BASE = "a" * 34 + "e" * 22 + "i" * 10 + "o" * 34 + "u" * 22 + "y" * 10 + "dd"


def fold(text: str) -> str:
    """Lower case without accents, one space between words: "Đặng  Thị Ơn" -> "dang thi on"."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.lower().split())
