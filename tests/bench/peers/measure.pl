% swipl -O measure.pl FOLDER SIZE SECONDS: SWI-Prolog; a rule is a clause, all that match are found by backtracking.
:- use_module(library(http/json)).
:- use_module(library(readutil)).
:- dynamic case/25, asked/3, line/2, answer/2, expected/2.
:- initialization(main, main).

main([Folder, SizeText, SecondsText]) :-
    atom_number(SizeText, Size), atom_number(SecondsText, Seconds),
    format(atom(Policy), '~w/prolog_~w.pl', [Folder, Size]),
    statistics(cputime, T0), load_files(Policy, [silent(true), optimise(true)]),
    statistics(cputime, T1), Load is (T1 - T0) * 1000,
    format(atom(Cases), '~w/cases.pl', [Folder]), load_files(Cases, [silent(true)]),
    forall(( functor(Case, case, 25), call(Case) ),
           ( Case =.. [case, At|Values], goal(Values, Rule, Goal), assertz(asked(At, Rule, Goal)) )),
    format(atom(Lines), '~w/cases.jsonl', [Folder]),
    read_file_to_string(Lines, Text, []), split_string(Text, "\n", "", Each),
    forall(nth0(At, Each, Line), assertz(line(At, Line))),
    format(atom(Wanted), '~w/expected_~w.json', [Folder, Size]), read_json(Wanted, Lists),
    forall(nth0(At, Lists, List), assertz(expected(At, List))),
    format(atom(Neutral), '~w/policy_~w.json', [Folder, Size]), read_json(Neutral, Whole),
    forall(nth0(At, Whole.rules, Rule), ( A = Rule.then.put(rule, Rule.name), atom_json_dict(T, A, [width(0)]), assertz(answer(At, T)) )),
    aggregate_all(count, expected(_, _), Checked),
    aggregate_all(count, ( expected(At, Right), decide(At, Found), msort(Found, Right) ), Good),
    Wrong is Checked - Good,
    measure(Checked, Seconds, decide_only, OfCase),
    measure(Checked, Seconds, decide_text, OfText),
    memory(Megabytes),
    atom_json_dict(Out, _{load_ms: Load, wrong: Wrong, checked: Checked, us: _{case: OfCase, text: OfText}, memory_mb: Megabytes}, [width(0)]),
    writeln(Out).

read_json(File, Term) :- setup_call_cleanup(open(File, read, In), json_read_dict(In, Term), close(In)).

goal(Values, Rule, Goal) :- append(Values, [Rule], Arguments), Goal =.. [rule|Arguments].
decide(At, Found) :- asked(At, Rule, Goal), findall(Rule, policy:Goal, Found).
decide_only(At) :- decide(At, _).
decide_text(At) :-
    line(At, Line), atom_json_dict(Line, Case, [value_string_as_atom(true)]),
    values(Case.facts, Values), goal(Values, Rule, Goal), findall(Answer, ( policy:Goal, answer(Rule, Answer) ), Answers),
    atomic_list_concat(Answers, ',', Inner), atomic_list_concat(['[', Inner, ']'], _).

values(Facts, Values) :-
    names(Names),
    maplist([Group-Name, Value]>>( get_dict(Group, Facts, Members), get_dict(Name, Members, Given), plain(Given, Value) ), Names, Values).
plain(true, yes) :- !.
plain(false, no) :- !.
plain(Value, Value).
names([customer-plan, customer-kind, customer-country, customer-language, case-channel, case-topic, case-product, case-urgency,
       case-mood, customer-locked_in, customer-needs_care, case-promise_missed, case-lawyer_named, case-came_back,
       case-wants_money, customer-months, case-contacts, case-handovers, case-open_for, case-waited, case-rating,
       customer-spent, case-amount, case-first_reply]).

measure(Cases, Seconds, Work, Microseconds) :-
    Warm is Seconds * 0.3, run(Cases, Warm, Work, _), run(Cases, Seconds, Work, Microseconds).
run(Cases, Seconds, Work, Microseconds) :-
    statistics(cputime, Begun), nb_setval(done, 0),
    repeat,
    nb_getval(done, Done), Last is Done + 19,
    forall(between(Done, Last, Nth), ( At is Nth mod Cases, once(call(Work, At)) )),
    Now is Last + 1, nb_setval(done, Now),
    statistics(cputime, Ended), Used is Ended - Begun, Used >= Seconds, !,
    Microseconds is Used * 1.0e6 / Now.

memory(Megabytes) :-
    read_file_to_string('/proc/self/status', Text, []), split_string(Text, "\n", "", Lines),
    member(Line, Lines), string_concat("VmHWM:", Rest, Line), !,
    split_string(Rest, " \t", " \t", Parts), exclude(==(""), Parts, [Kilobytes|_]), number_string(K, Kilobytes), Megabytes is K / 1024.
