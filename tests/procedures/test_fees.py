"""What a file costs: whole VND, and what nobody published is never zero."""

import pytest

from procedures.fees import (
    FeeKind,
    FeeRule,
    FeeTotal,
    NegativeQuantity,
    Tier,
    TypedAmount,
    applicable,
    compute,
    stepped_vnd,
    tiers_of,
)

DIRECT, ONLINE = 1, 2
PAGES = (Tier(2, 2_000), Tier(None, 1_000))
CERTIFIED = FeeRule("Chứng thực", FeeKind.RULE, tiers=PAGES, cap_vnd=200_000, unit="trang")


def fixed(amount: int, name: str = "Lệ phí", **given: int) -> FeeRule:
    return FeeRule(name, FeeKind.FIXED, amount_vnd=amount, **given)


def cost(*rules: FeeRule, variant_id: int | None = None, channel: int = DIRECT, **given: object) -> FeeTotal:
    return compute(rules=rules, variant_id=variant_id, channel=channel, **given)


@pytest.mark.parametrize(
    "pages, price", [(1, 2_000), (2, 4_000), (3, 5_000), (10, 12_000), (198, 200_000), (500, 200_000)]
)
def test_certified_copies_cost_by_the_page_up_to_the_cap(pages: int, price: int) -> None:
    assert stepped_vnd(quantity=pages, tiers=PAGES, cap_vnd=200_000) == price


def test_without_a_cap_the_steps_go_on() -> None:
    assert stepped_vnd(quantity=500, tiers=PAGES, cap_vnd=None) == 502_000


def test_units_beyond_a_last_step_with_an_end_cost_nothing_more() -> None:
    assert stepped_vnd(quantity=9, tiers=(Tier(2, 5_000), Tier(4, 1_000)), cap_vnd=None) == 12_000


def test_a_price_more_than_ends_has_no_end() -> None:
    assert tiers_of(ends=[2], prices=[2_000, 1_000]) == PAGES
    assert tiers_of(ends=[2], prices=[2_000]) == (Tier(2, 2_000),)
    assert tiers_of(ends=[], prices=[]) == ()


def test_the_cap_holds_for_each_copy() -> None:
    assert cost(CERTIFIED, quantity=500, copies=3).total_vnd == 600_000


def test_a_free_procedure_costs_nothing() -> None:
    total = cost(FeeRule("Lệ phí", FeeKind.FREE))

    assert (total.total_vnd, total.is_free, total.unknown) == (0, True, ())


def test_rows_of_other_names_add_up() -> None:
    total = cost(fixed(20_000), fixed(5_000, "Phí"))

    assert (total.total_vnd, total.known_vnd, total.is_free) == (25_000, 25_000, False)
    assert [line.name for line in total.lines] == ["Lệ phí", "Phí"]


@pytest.mark.parametrize("kind", [FeeKind.COUNCIL, FeeKind.UNKNOWN, FeeKind.RULE])
def test_what_nobody_published_is_unknown_and_never_zero(kind: FeeKind) -> None:
    total = cost(fixed(20_000), FeeRule("Phí khác", kind, text="Theo nghị quyết"))

    assert (total.total_vnd, total.known_vnd, total.unknown) == (None, 20_000, ("Phí khác",))
    assert not total.is_free


def test_no_rule_at_all_is_not_free() -> None:
    total = cost()

    assert (total.total_vnd, total.lines, total.is_free) == (None, (), False)


@pytest.mark.parametrize("kind", [FeeKind.COUNCIL, FeeKind.UNKNOWN, FeeKind.RULE])
def test_a_clerk_types_what_is_not_published(kind: FeeKind) -> None:
    assert cost(FeeRule("Phí", kind), typed=(TypedAmount("Phí", 75_000),)).total_vnd == 75_000


def test_a_typed_amount_never_replaces_a_published_one() -> None:
    total = cost(fixed(20_000), CERTIFIED, typed=(TypedAmount("Lệ phí", 1), TypedAmount("Chứng thực", 1)))

    assert total.total_vnd == 22_000


def test_the_rule_nearest_to_variant_and_channel_holds() -> None:
    rules = (
        fixed(1_000),
        fixed(2_000, channel=ONLINE),
        fixed(3_000, variant_id=7),
        fixed(4_000, variant_id=7, channel=ONLINE),
    )

    assert cost(*rules).total_vnd == 1_000
    assert cost(*rules, channel=ONLINE).total_vnd == 2_000
    assert cost(*rules, variant_id=7).total_vnd == 3_000
    assert cost(*rules, variant_id=7, channel=ONLINE).total_vnd == 4_000
    assert cost(*reversed(rules), variant_id=7, channel=ONLINE).total_vnd == 4_000


def test_rules_of_other_variants_and_channels_do_not_count() -> None:
    assert applicable(rules=(fixed(1, variant_id=8), fixed(2, channel=ONLINE)), variant_id=7, channel=1) == ()


@pytest.mark.parametrize(
    "given", [{"quantity": 0}, {"copies": 0}, {"quantity": -1}, {"typed": (TypedAmount("Lệ phí", -1),)}]
)
def test_fewer_than_one_and_negative_amounts_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(NegativeQuantity):
        cost(fixed(20_000), **given)
