"""Many people at once: numbers without gaps, one acceptance a form, one winner a task, one join a stage."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, connections

from onestop.agencies.models import Agency
from tests.intake import BUILDING_PERMIT, MORNING, form_of, new_case, username_for
from workflows.cases import complete
from workflows.intake import accept
from workflows.models import Case, CaseTask, Intake, NumberSeries
from workflows.states import Outcome

pytestmark = pytest.mark.usefixtures("open_shop")
LATER = MORNING + timedelta(minutes=10)


def at_once(*jobs: Callable[[], object]) -> Counter[str]:
    """Run all at one instant; what each came to, by name."""
    barrier, results = threading.Barrier(len(jobs)), []

    def run(job: Callable[[], object]) -> None:
        barrier.wait()
        try:
            job()
            results.append("done")
        except Exception as error:
            results.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(results)


def test_sixteen_clerks_get_numbers_without_gaps(actor):
    clerk = actor("clerk.thanhvinh")
    forms = [[form_of() for _ in range(4)] for _ in range(16)]

    def work(mine):
        return lambda: [accept(form=form, actor=clerk, now=MORNING) for form in mine]

    assert at_once(*[work(mine) for mine in forms]) == {"done": 16}
    serials = sorted(int(code[-4:]) for code in Case.objects.values_list("code", flat=True))
    assert serials == list(range(1, 65))
    assert NumberSeries.objects.get(agency__key="ttpvhcc-16681").last == 64


def test_a_number_of_an_acceptance_that_failed_is_given_again(actor):
    clerk = actor("clerk.thanhvinh")
    new_case(clerk)
    break_the_register("53100")
    try:
        forms = [form_of() for _ in range(4)]
        results = at_once(*[partial(accept, form=form, actor=clerk, now=MORNING) for form in forms])
    finally:
        mend_the_register()
    assert results == {"OperationalError": 4}
    assert Case.objects.count() == Intake.objects.count() == 1
    assert new_case(clerk).code.endswith("-0002")


def test_a_form_sent_twice_at_one_instant_is_accepted_once(actor):
    clerk, form = actor("clerk.thanhvinh"), form_of()
    assert at_once(*[lambda: accept(form=form, actor=clerk, now=MORNING)] * 4) == {"done": 4}
    assert Case.objects.count() == 1


def test_one_task_finished_twice_at_one_instant_has_one_winner(actor):
    clerk, officer = actor("clerk.thanhvinh"), actor("officer.vpub.thanhvinh")
    for _ in range(10):
        case = new_case(clerk)
        task_id = CaseTask.objects.get(process=case, finished=None).pk

        def finish(task_id=task_id, seen=case.event_seq):
            complete(task_id=task_id, actor=officer, outcome=Outcome.DONE, seen=seen, now=LATER)

        assert at_once(finish, finish) == {"done": 1, "AlreadyDone": 1}
        assert CaseTask.objects.filter(process=case, finished=None).count() == 1


def test_side_by_side_steps_finished_at_one_instant_open_the_next_stage_once(actor):
    for _ in range(5):
        case = new_case(actor("clerk.thanhvinh"), code=BUILDING_PERMIT)
        tasks = list(CaseTask.objects.filter(process=case, finished=None))
        while len(tasks) == 1:
            finish(case, tasks[0], actor)
            tasks = list(CaseTask.objects.filter(process=case, finished=None))
        seen = Case.objects.get(pk=case.pk).event_seq
        jobs = [partial(finish, case, task, actor, seen) for task in tasks]
        assert at_once(*jobs) == {"done": len(tasks)}
        assert CaseTask.objects.filter(process=case, finished=None).count() == 1


def finish(case, task, actor, seen=None):
    now_seen = seen if seen is not None else Case.objects.get(pk=case.pk).event_seq
    outcome = Outcome.APPROVED if task.step.kind == "approve" else Outcome.DONE
    person = actor(username_for(task))
    complete(task_id=task.pk, actor=person, outcome=outcome, seen=now_seen, now=LATER)


def test_a_database_stopped_while_accepting_leaves_nothing(actor):
    """Another session holds the register; the waiting acceptance is killed by the server."""
    clerk, form = actor("clerk.thanhvinh"), form_of()
    new_case(clerk)
    counter = Agency.objects.get(key="ttpvhcc-16681").pk
    holder = connection.get_new_connection(connection.get_connection_params())
    try:
        with holder.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "SELECT last FROM workflows_numberseries WHERE agency_id = %s FOR UPDATE", [counter]
            )
            results: list[Counter[str]] = []
            waiting = threading.Thread(
                target=lambda: results.append(at_once(lambda: accept(form=form, actor=clerk, now=MORNING)))
            )
            waiting.start()
            kill_who_waits()
            waiting.join()
    finally:
        holder.close()
    assert results in ([Counter({"OperationalError": 1})], [Counter({"InterfaceError": 1})])
    assert Case.objects.count() == Intake.objects.count() == 1
    assert accept(form=form, actor=clerk, now=MORNING).case_code.endswith("-0002")


def kill_who_waits() -> None:
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchall():
                return
            cursor.execute("SELECT pg_sleep(0.02)")
    raise AssertionError("nobody waited for the register")


def break_the_register(sqlstate: str) -> None:
    """The server answers as it does when its disk is full, at the last write of an acceptance."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION test_disk_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '{sqlstate}';"
            " END $$; CREATE TRIGGER test_disk_full BEFORE INSERT ON notices_outbox"
            " FOR EACH ROW EXECUTE FUNCTION test_disk_full()"
        )


def mend_the_register() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER test_disk_full ON notices_outbox; DROP FUNCTION test_disk_full()")
