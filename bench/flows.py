"""The peer: the same route written as viewflow's own kind of flow, with its stock models."""

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.models import Process


class StockFlow(flow.Flow):
    """Receive, draft, sign, return; as viewflow's own guide writes it."""

    process_class = Process
    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    start = flow.StartHandle(this.begin).Next(this.draft)
    draft = flow.View(None).Next(this.sign)
    sign = flow.View(None).Next(this.give)
    give = flow.View(None).Next(this.end)
    end = flow.End()

    def begin(self, activation):
        return activation.process
