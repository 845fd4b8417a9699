"""Places the steps of a route as a drawing: one lane per agency, time to the right.

Pure; lengths are SVG units. A step asked as an opinion is reached and left by dashed lines. Steps of one
stage stand side by side in time, so they share a column; in the same lane they stand one below the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

LANE_NAME_WIDTH = 150
NODE_WIDTH, NODE_HEIGHT = 156, 44
COLUMN_WIDTH, ROW_HEIGHT = 196, 58
CORNER = 7
TITLE_SIGNS, NOTE_SIGNS, LANE_SIGNS = 21, 25, 18


class StepLook(StrEnum):
    """Trạng thái bước trên sơ đồ."""

    DONE = "done"
    HERE = "now"
    WAITING = "wait"
    AHEAD = "ahead"
    PROBLEM = "bad"


@dataclass(frozen=True)
class RouteStep:
    """Bước quy trình: what the drawing shows of a step; `note` is a day, a length or a person."""

    title: str
    lane: str
    stage: int
    look: StepLook = StepLook.AHEAD
    note: str = ""
    is_opinion: bool = False


@dataclass(frozen=True)
class Lane:
    """Làn: the strip of one agency, its name in at most two lines."""

    lines: tuple[str, ...]
    top: int
    height: int
    is_shaded: bool

    @property
    def text_top(self) -> int:
        return self.top + self.height // 2 + 4 - 7 * (len(self.lines) - 1)


@dataclass(frozen=True)
class Node:
    """Ô: the box of one step; left and top are its corner."""

    step: RouteStep
    title: str
    note: str
    left: int
    top: int
    width: int = NODE_WIDTH
    height: int = NODE_HEIGHT

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def middle(self) -> int:
        return self.left + self.width // 2

    @property
    def centre(self) -> int:
        return self.top + self.height // 2

    @property
    def title_top(self) -> int:
        return self.top + (19 if self.note else 27)


@dataclass(frozen=True)
class Edge:
    """Đường nối: the line between two steps and the place of its arrow head."""

    path: str
    head_x: int
    head_y: int
    is_done: bool
    is_dashed: bool


@dataclass(frozen=True)
class RouteDrawing:
    """Sơ đồ đường đi: everything the template draws."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    steps: tuple[RouteStep, ...]

    @property
    def here(self) -> tuple[RouteStep, ...]:
        return tuple(step for step in self.steps if step.look is StepLook.HERE)

    @property
    def done_count(self) -> int:
        return sum(step.look is StepLook.DONE for step in self.steps)


def draw_route(steps: Iterable[RouteStep]) -> RouteDrawing:
    """The drawing of these steps; lanes stand in the order in which the route first enters them."""
    ordered = tuple(sorted(steps, key=lambda step: step.stage))
    stages = [tuple(group) for _, group in groupby(ordered, key=lambda step: step.stage)]
    lanes = _lanes(stages)
    nodes = _nodes(stages, lanes)
    return RouteDrawing(
        width=LANE_NAME_WIDTH + COLUMN_WIDTH * len(stages) - (COLUMN_WIDTH - NODE_WIDTH) + 12,
        height=max((lane.top + lane.height for lane in lanes.values()), default=0),
        lanes=tuple(lanes.values()),
        nodes=tuple(node for stage in nodes for node in stage),
        edges=tuple(
            _edge(start, end) for before, after in pairwise(nodes) for start, end in _pairs(before, after)
        ),
        steps=ordered,
    )


def _lanes(stages: Sequence[Sequence[RouteStep]]) -> dict[str, Lane]:
    rows: dict[str, int] = {}
    for stage in stages:
        for name in dict.fromkeys(step.lane for step in stage):
            rows[name] = max(rows.get(name, 1), sum(step.lane == name for step in stage))
    lanes: dict[str, Lane] = {}
    top = 0
    for name, row_count in rows.items():
        lanes[name] = Lane(_two_lines(name), top, row_count * ROW_HEIGHT, len(lanes) % 2 == 0)
        top += row_count * ROW_HEIGHT
    return lanes


def _nodes(stages: Sequence[Sequence[RouteStep]], lanes: dict[str, Lane]) -> list[list[Node]]:
    placed: list[list[Node]] = []
    for column, stage in enumerate(stages):
        left = LANE_NAME_WIDTH + column * COLUMN_WIDTH
        row_of: dict[str, int] = {}
        nodes = []
        for step in stage:
            row = row_of.get(step.lane, 0)
            row_of[step.lane] = row + 1
            top = lanes[step.lane].top + row * ROW_HEIGHT + (ROW_HEIGHT - NODE_HEIGHT) // 2
            nodes.append(
                Node(step, _short(step.title, TITLE_SIGNS), _short(step.note, NOTE_SIGNS), left, top)
            )
        placed.append(nodes)
    return placed


def _pairs(before: Sequence[Node], after: Sequence[Node]) -> list[tuple[Node, Node]]:
    return [(start, end) for start in before for end in after]


def _edge(start: Node, end: Node) -> Edge:
    """From the right side of one box to the left side of the other, bent half-way with round corners."""
    goal = end.left - 6
    if start.centre == end.centre:
        path = f"M{start.right} {start.centre}H{goal}"
    else:
        bend = (start.right + end.left) // 2
        turn = CORNER if end.centre > start.centre else -CORNER
        path = (
            f"M{start.right} {start.centre}H{bend - CORNER}"
            f"Q{bend} {start.centre} {bend} {start.centre + turn}"
            f"V{end.centre - turn}Q{bend} {end.centre} {bend + CORNER} {end.centre}H{goal}"
        )
    return Edge(
        path=path,
        head_x=end.left,
        head_y=end.centre,
        is_done=start.step.look is StepLook.DONE and end.step.look is not StepLook.AHEAD,
        is_dashed=start.step.is_opinion or end.step.is_opinion,
    )


def _short(text: str, signs: int) -> str:
    return text if len(text) <= signs else f"{text[: signs - 1].rstrip()}…"


def _two_lines(name: str) -> tuple[str, ...]:
    """The name of a lane broken at a space into at most two lines."""
    if len(name) <= LANE_SIGNS:
        return (name,)
    cut = name.rfind(" ", 0, LANE_SIGNS + 1)
    if cut < 0:
        return (_short(name, LANE_SIGNS),)
    return (name[:cut], _short(name[cut + 1 :], LANE_SIGNS))
