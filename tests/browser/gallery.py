"""A page that shows every component once, for the tests: `ROOT_URLCONF = "tests.browser.gallery"`."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from onestop.pages.parts import Fact, Happening, Key, LedgerLine
from onestop.pages.route_drawing import RouteStep, StepLook
from onestop.pages.states import STATE_LOOKS, Tone

AT = datetime(2026, 11, 23, 10, 24, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
COMPONENTS = """
{% load i18n onestop %}{% block title %}Thành phần{% endblock %}
{% block before %}<h1>Thành phần</h1>{% endblock %}
{% block heading %}<h1>Thành phần</h1>{% endblock %}
{% block content %}
<p>{% for state in states %}{% state_tag state %} {% endfor %}</p>
{% include "components/note.html" with tone="info" text="Đang chờ cơ quan khác trả lời." %}
{% include "components/note.html" with text="Cần để ý: một giấy tờ chưa kiểm." %}
{% include "components/note.html" with tone="late" text="Không gửi được." %}
{% include "components/due_box.html" with due_at=at explanation="7 ngày làm việc từ 10:24 hôm nay" %}
{% include "components/facts.html" %}
<section class="card"><h2>Đường đi</h2>{% route_svg steps %}</section>
<div class="clock">{% clock_ring 0.34 %}<b>Hẹn trả {{ at|day }}, còn {{ left|working_time }}</b></div>
<div class="scroll" tabindex="0" role="region" aria-label="Hồ sơ">
<table class="list list--cards" data-rows><thead><tr>
<th scope="col">Hạn</th><th scope="col">Mã</th></tr></thead><tbody>{% for row in page %}<tr>
<td data-label="Hạn"><div class="heat heat--soon">{% heat_bar 0.6 "soon" %}<b>Hôm nay</b>
<small>còn 1 giờ</small></div></td>
<td data-label="Mã"><a class="code" data-open href="#h{{ row }}">H41.101-261105-{{ row }}</a></td></tr>
{% endfor %}
</tbody></table></div>
{% include "components/pagination.html" %}
{% include "components/timeline.html" %}
{% include "components/ledger.html" %}
{% include "components/error_summary.html" %}
<form method="post" data-checklist id="mau">{% csrf_token %}{{ form }}
<span class="stepper"><input name="ban_chinh" value="1" inputmode="numeric" aria-label="Số bản chính"></span>
<button class="govuk-button" data-key="F9">Tiếp nhận, in giấy hẹn <kbd>F9</kbd></button></form>
<p id="da-gui">{{ request.POST.ten }}</p>
{% include "components/empty.html" with title="Chưa có việc nào" text="Việc mới sẽ hiện ở đây." %}
{% endblock %}
{% block keys %}{% include "components/keys.html" %}{% endblock %}
"""


class Example(forms.Form):
    ten = forms.CharField(label="Họ và tên", max_length=200, help_text="Như trên thẻ căn cước")
    ngay_sinh = forms.DateField(label="Ngày sinh", help_text="Ví dụ 21/08/1975")
    kenh = forms.ChoiceField(label="Nhận kết quả", choices=[("1", "Tại quầy"), ("2", "Bưu điện")])
    bao = forms.ChoiceField(
        label="Báo tin", choices=[("s", "SMS"), ("e", "Thư điện tử")], widget=forms.RadioSelect
    )
    giay = forms.MultipleChoiceField(
        label="Giấy tờ", choices=[("a", "Đơn"), ("b", "Bản vẽ")], widget=forms.CheckboxSelectMultiple
    )
    dong_y = forms.BooleanField(label="Nhận kết quả qua bưu điện", required=False)
    ghi_chu = forms.CharField(label="Ghi chú", widget=forms.Textarea, max_length=500, required=False)


def gallery(request: HttpRequest, shell: str) -> HttpResponse:
    steps = (
        RouteStep("Tiếp nhận", "TTPVHCC", 1, StepLook.DONE, "16/11"),
        RouteStep("Thẩm định, thực địa", "Phòng Kinh tế, Hạ tầng và Đô thị", 2, StepLook.HERE, "đến 25/11"),
        RouteStep("Ý kiến PCCC", "Công an tỉnh", 2, StepLook.DONE, "đồng ý, 23/11", is_opinion=True),
        RouteStep("Dự thảo", "Phòng Kinh tế, Hạ tầng và Đô thị", 3, note="1 ngày"),
        RouteStep("Ký duyệt", "UBND phường", 4, note="0,5 ngày"),
        RouteStep("Trả kết quả", "TTPVHCC", 5, note="hẹn 30/11"),
    )
    context = {
        "states": list(STATE_LOOKS),
        "at": AT,
        "left": timedelta(hours=37),
        "facts": [
            Fact("Thời hạn", "7 ngày làm việc", icon="clock"),
            Fact("Lệ phí", "75.000 đ", "thu khi nhận"),
        ],
        "steps": steps,
        "page": Paginator(range(10, 40), 5).page(2),
        "items": [
            Happening(AT, "trả lời đồng ý", who="Công an tỉnh", is_now=True),
            Happening(AT - timedelta(days=5), "Yêu cầu bổ sung", note="mặt cắt móng", is_stop=True),
        ],
        "lines": [
            LedgerLine("Nhận đủ hồ sơ", "09:40, thứ Hai 16/11"),
            LedgerLine("Tạm dừng", "thêm 2 ngày", "chờ bổ sung", Tone.PAUSED),
            LedgerLine("Hẹn trả bây giờ", "thứ Hai 30/11"),
        ],
        "keys": [Key(("F9",), "tiếp nhận"), Key(("J",), "xuống"), Key(("Ctrl", "Enter"), "chuyển", False)],
        "form": Example(request.POST if request.method == "POST" or "loi" in request.GET else None),
        "half": Decimal("0.5"),
    }
    template = engines["django"].from_string(f'{{% extends "{shell}" %}}{COMPONENTS}')
    return HttpResponse(template.render(context, request))


urlpatterns = [
    path("mau/nguoi-dan/", gallery, {"shell": "base.html"}),
    path("mau/ban/", gallery, {"shell": "desk/base.html"}),
    path("", include("onestop.urls")),
]
