"""What a finished step is measured against: bare SQL, viewflow's stock flow, SpiffWorkflow."""

import io
import json
from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench.flows import StockFlow
from workflows.models import Case, CaseTask

BPMN = """<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="b">
<process id="file" isExecutable="true"><startEvent id="begin"/><manualTask id="draft" name="draft"/>
<manualTask id="sign" name="sign"/><manualTask id="give" name="give"/><endEvent id="done"/>
<sequenceFlow id="a" sourceRef="begin" targetRef="draft"/>
<sequenceFlow id="b" sourceRef="draft" targetRef="sign"/>
<sequenceFlow id="c" sourceRef="sign" targetRef="give"/>
<sequenceFlow id="d" sourceRef="give" targetRef="done"/>
</process></definitions>"""
Work = Callable[[int], None]


def bare_sql(case: Case, user_id: int) -> None:
    """The writes of a finished step by hand: lock, read, close, open, move, log, tell. Nine statements."""
    cursor = connection.connection.cursor()
    cursor.execute("BEGIN")
    cursor.execute("SELECT * FROM workflows_case WHERE id = %s FOR UPDATE", [case.pk])
    cursor.execute(
        "SELECT id, step_id, agency_id, flow_task, token FROM workflows_casetask"
        " WHERE process_id = %s AND finished IS NULL",
        [case.pk],
    )
    task_id, step_id, agency_id, flow_task, token = cursor.fetchone()
    cursor.execute(
        "UPDATE workflows_casetask SET status = 'DONE', owner_id = %s, outcome = 'done', finished = now()"
        " WHERE id = %s",
        [user_id, task_id],
    )
    cursor.execute(
        "INSERT INTO workflows_casetask (flow_task, flow_task_type, status, created, token, role, note,"
        " outcome, process_id, step_id, agency_id, previous_id, due_at)"
        " VALUES (%s, 'HUMAN', 'NEW', now(), %s, 'head', '', '', %s, %s, %s, %s, now())",
        [flow_task, token, case.pk, step_id, agency_id, task_id],
    )
    cursor.execute(
        "UPDATE workflows_case SET stage = 3, state = 4, event_seq = event_seq + 1, event_hash = %s"
        " WHERE id = %s",
        ["f" * 64, case.pk],
    )
    cursor.execute(
        "INSERT INTO workflows_caseevent (case_id, seq, at, act, user_id_at_act, person, post_id_at_act,"
        " post, from_state, to_state, step, to_agency, reason, paper, previous_hash, hash)"
        " VALUES (%s, 2, now(), 'forward', %s, 'Người làm', 1, 'Chuyên viên', 2, 4, 'Bước', 'Nơi nhận',"
        " '', '', %s, %s)",
        [case.pk, user_id, "e" * 64, "f" * 64],
    )
    cursor.execute(
        "INSERT INTO notices_outbox"
        " (case_code, act, to_email, subject, text, created_at, attempts, last_error)"
        " VALUES (%s, 'forward', '', '', '', now(), 0, ''); COMMIT",
        [case.code],
    )


def stock_viewflow(count: int) -> Work:
    """Viewflow's own way through a View: assign, start, execute on the stock Process and Task."""
    user = get_user_model().objects.first()
    tasks = []
    for _ in range(count):
        process = StockFlow.start.run()
        tasks.append(process.task_set.get(finished=None))

    def finish(index: int) -> None:
        with tasks[index].activation() as activation:
            activation.assign(user)
            activation.start(None)
            activation.execute()

    return finish


def spiff(count: int) -> Work:
    """SpiffWorkflow keeping each instance as one JSON document under a row lock."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(BPMN.encode())))
    spec = parser.get_spec("file")
    serializer = BpmnWorkflowSerializer()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_spiff (id serial PRIMARY KEY, document jsonb)")
        ids = []
        for _ in range(count):
            workflow = BpmnWorkflow(spec)
            workflow.do_engine_steps()
            cursor.execute(
                "INSERT INTO bench_spiff (document) VALUES (%s) RETURNING id",
                [serializer.serialize_json(workflow)],
            )
            ids.append(cursor.fetchone()[0])

    def finish(index: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT document::text FROM bench_spiff WHERE id = %s FOR UPDATE", [ids[index]])
            workflow = serializer.deserialize_json(cursor.fetchone()[0])
            task = workflow.get_next_task(state=TaskState.READY, manual=True)
            task.run()
            workflow.do_engine_steps()
            document = json.dumps(serializer.to_dict(workflow))
            cursor.execute("UPDATE bench_spiff SET document = %s WHERE id = %s", [document, ids[index]])

    return finish


def open_task_id(case: Case) -> int:
    return CaseTask.objects.values_list("pk", flat=True).get(process=case, finished=None)
