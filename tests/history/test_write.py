"""A history as text, whole."""

from __future__ import annotations

import json

from capgame.history.operation import Completion, Operation
from capgame.history.record import History
from capgame.history.write import edn_lines, json_lines


def shift():
    history = History()
    write = Operation(id=0, process=0, group="us", f="write", key="k3", value=57, at=1_000, called=-1)
    read = Operation(id=1, process=1, group="eu", f="read", key="k3", value=None, at=2_000, called=-1)
    refused = Operation(id=2, process=2, group="eu", f="write", key="k0", value=58, at=3_000, called=-1)
    silent = Operation(id=3, process=1, group="eu", f="read", key="k0", value=None, at=90_000, called=-1)
    history.invoke(write)
    history.invoke(read)
    history.note("nemesis", 2_500, 'cut n3 | n1 "n2"')
    history.complete(read, Completion.OK, 4_000, value=0, node="n3")
    history.invoke(refused)
    history.complete(refused, Completion.FAIL, 5_000, node="n3", why="no quorum")
    history.complete(write, Completion.INFO, 80_000, why="timed out")
    history.note("move", 85_000, "route eu n1")
    history.invoke(silent)
    return history


EDN = r"""
{:process 0, :type :invoke, :f :write, :value ["k3" 57], :time 1000000, :index 0, :group "us"}
{:process 1, :type :invoke, :f :read, :value ["k3" nil], :time 2000000, :index 1, :group "eu"}
{:process :nemesis, :type :info, :f :nemesis, :value "cut n3 | n1 \"n2\"", :time 2500000, :index 2}
{:process 1, :type :ok, :f :read, :value ["k3" 0], :time 4000000, :index 3, :group "eu", :node "n3"}
{:process 2, :type :invoke, :f :write, :value ["k0" 58], :time 3000000, :index 4, :group "eu"}
{:process 2, :type :fail, :f :write, :value ["k0" 58], :time 5000000, :index 5, :group "eu", :node "n3", :error "no quorum"}
{:process 0, :type :info, :f :write, :value ["k3" 57], :time 80000000, :index 6, :group "us", :error "timed out"}
{:process :nemesis, :type :info, :f :move, :value "route eu n1", :time 85000000, :index 7}
{:process 1, :type :invoke, :f :read, :value ["k0" nil], :time 90000000, :index 8, :group "eu"}
"""  # noqa: E501 - one event is one line

JSON = r"""
{"index":0,"at_us":1000,"process":0,"type":"invoke","f":"write","key":"k3","value":57,"group":"us"}
{"index":1,"at_us":2000,"process":1,"type":"invoke","f":"read","key":"k3","value":null,"group":"eu"}
{"index":2,"at_us":2500,"process":"nemesis","type":"info","f":"nemesis","value":"cut n3 | n1 \"n2\""}
{"index":3,"at_us":4000,"process":1,"type":"ok","f":"read","key":"k3","value":0,"group":"eu","node":"n3"}
{"index":4,"at_us":3000,"process":2,"type":"invoke","f":"write","key":"k0","value":58,"group":"eu"}
{"index":5,"at_us":5000,"process":2,"type":"fail","f":"write","key":"k0","value":58,"group":"eu","node":"n3","error":"no quorum"}
{"index":6,"at_us":80000,"process":0,"type":"info","f":"write","key":"k3","value":57,"group":"us","error":"timed out"}
{"index":7,"at_us":85000,"process":"nemesis","type":"info","f":"move","value":"route eu n1"}
{"index":8,"at_us":90000,"process":1,"type":"invoke","f":"read","key":"k0","value":null,"group":"eu"}
"""  # noqa: E501 - one event is one line


def test_a_history_is_jepsens_edn_one_map_a_line():
    assert list(edn_lines(shift())) == EDN.strip().splitlines()


def test_a_history_is_json_one_object_a_line():
    lines = list(json_lines(shift()))
    assert lines == JSON.strip().splitlines()
    assert [json.loads(line)["index"] for line in lines] == list(range(9))


def test_what_a_level_says_cannot_break_a_line():
    history = History()
    history.note("nemesis", 0, 'say "one"\n:two \x1b[31m')
    assert list(edn_lines(history)) == [
        r'{:process :nemesis, :type :info, :f :nemesis, :value "say \"one\"\n:two \u001b[31m", :time 0, :index 0}'
    ]
    assert len(list(json_lines(history))) == 1
