"""Is a personal or tax number likely mistyped? A warning for the clerk, never a refusal."""

import re

from django.utils.translation import gettext as _

# The shapes are those in use: 12 digits (3 of the place of birth, 1 of century and sex, 2 of the year, 6);
# 10 digits with a check digit, and 3 more for a dependent unit. Which articles set them is not confirmed (M):
# therefore a warning only, and no file is refused for it.
PERSONAL = re.compile(r"\d{12}")
TAX = re.compile(r"\d{10}(?:-?\d{3})?")
TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
HIGHEST_PLACE = 96
HIGHEST_CENTURY = 3  # 0, 1 born in the 20th century; 2, 3 in the 21st


def warnings(id_number: str) -> tuple[str, ...]:
    """What looks wrong with a number, in sentences for the clerk; empty when it looks right or is empty."""
    number = id_number.replace(" ", "")
    if not number:
        return ()
    if PERSONAL.fullmatch(number):
        return _personal(number)
    if TAX.fullmatch(number):
        return _tax(number)
    if number.isdigit() and len(number) == 9:
        return (_("Đây là số CMND 9 số đã hết giá trị; hãy hỏi số định danh 12 số."),)
    return (_("Số định danh có 12 chữ số, mã số thuế có 10 hoặc 13 chữ số; hãy kiểm tra lại."),)


def _personal(number: str) -> tuple[str, ...]:
    if not 1 <= int(number[:3]) <= HIGHEST_PLACE:
        return (_("Ba số đầu của số định danh không phải mã nơi đăng ký khai sinh; hãy kiểm tra lại."),)
    if int(number[3]) > HIGHEST_CENTURY:
        return (_("Chữ số thứ tư của số định danh không ứng với thế kỷ sinh nào đã qua; hãy kiểm tra lại."),)
    return ()


def _tax(number: str) -> tuple[str, ...]:
    total = sum(int(digit) * weight for digit, weight in zip(number, TAX_WEIGHTS, strict=False))
    if 10 - total % 11 == int(number[9]):
        return ()
    return (_("Chữ số kiểm tra của mã số thuế không khớp; hãy kiểm tra lại."),)
