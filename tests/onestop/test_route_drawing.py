"""A route is drawn with a lane per agency and time to the right."""

from hypothesis import given
from hypothesis import strategies as st

from onestop.pages.route_drawing import ROW_HEIGHT, RouteStep, StepLook, draw_route

ROUTE = (
    RouteStep("Tiếp nhận", "TTPVHCC", 1, StepLook.DONE, "16/11"),
    RouteStep("Thẩm định", "Phòng Kinh tế, Hạ tầng và Đô thị", 2, StepLook.HERE, "đến 25/11"),
    RouteStep("Ý kiến PCCC", "Công an tỉnh", 2, StepLook.WAITING, is_opinion=True),
    RouteStep("Trả kết quả", "TTPVHCC", 3),
)
STEPS = st.lists(
    st.builds(
        RouteStep,
        title=st.text(max_size=60),
        lane=st.sampled_from(["A", "B", "C", "Sở Văn hóa, Thể thao và Du lịch tỉnh Nghệ An"]),
        stage=st.integers(1, 6),
        look=st.sampled_from(StepLook),
        note=st.text(max_size=60),
        is_opinion=st.booleans(),
    ),
    max_size=14,
)


def test_lanes_stand_in_the_order_of_the_route():
    drawing = draw_route(reversed(ROUTE))
    assert next(lane.lines[0] for lane in drawing.lanes) == "TTPVHCC"
    assert len(drawing.lanes) == 3


def test_an_opinion_is_reached_and_left_by_dashed_lines():
    drawing = draw_route(ROUTE)
    assert [edge.is_dashed for edge in drawing.edges] == [False, True, False, True]


def test_only_a_way_already_walked_is_drawn_as_done():
    drawing = draw_route(ROUTE)
    assert [edge.is_done for edge in drawing.edges] == [True, True, False, False]


def test_it_tells_where_the_case_is():
    drawing = draw_route(ROUTE)
    assert [step.title for step in drawing.here] == ["Thẩm định"]
    assert drawing.done_count == 1


def test_steps_of_one_stage_in_one_lane_stand_one_below_the_other():
    drawing = draw_route([RouteStep("a", "A", 1), RouteStep("b", "A", 1)])
    first, second = drawing.nodes
    assert (first.left, first.top + ROW_HEIGHT) == (second.left, second.top)
    assert drawing.height == 2 * ROW_HEIGHT


def test_a_name_without_spaces_is_cut():
    (lane,) = draw_route([RouteStep("a", "x" * 40, 1)]).lanes
    assert lane.lines == ("x" * 17 + "…",)


@given(STEPS)
def test_no_two_boxes_touch_and_all_lie_inside(steps):
    drawing = draw_route(steps)
    assert len(drawing.nodes) == len(steps)
    for node in drawing.nodes:
        assert node.left >= 0
        assert node.right <= drawing.width
        assert node.top >= 0
        assert node.top + node.height <= drawing.height
    places = {(node.left, node.top) for node in drawing.nodes}
    assert len(places) == len(drawing.nodes)
