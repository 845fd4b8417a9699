"""Working time as every room imports it; pure: the calendar and the moments are arguments."""

from onestop.working_days.calendar import WorkingCalendar as WorkingCalendar
from onestop.working_days.counting import add_working_time as add_working_time
from onestop.working_days.counting import due as due
from onestop.working_days.counting import normalise_start as normalise_start
from onestop.working_days.counting import timeliness as timeliness
from onestop.working_days.counting import working_time_between as working_time_between
from onestop.working_days.facts import CalendarNotPublished as CalendarNotPublished
from onestop.working_days.facts import Counting as Counting
from onestop.working_days.facts import CutOff as CutOff
from onestop.working_days.facts import Due as Due
from onestop.working_days.facts import Duration as Duration
from onestop.working_days.facts import Hours as Hours
from onestop.working_days.facts import Session as Session
from onestop.working_days.facts import SkippedDay as SkippedDay
from onestop.working_days.facts import Timeliness as Timeliness
from onestop.working_days.facts import Unit as Unit
from onestop.working_days.sentences import explain as explain
