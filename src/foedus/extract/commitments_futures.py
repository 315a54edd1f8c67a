"""Plain futures of a party: "X will send …", "X is to send …", "a joint group will be set up"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from foedus.extract.agreements import find_agreements
from foedus.extract.commitments_believed import facing
from foedus.extract.commitments_bound import bound, of_the_deal
from foedus.extract.commitments_clause import cut, is_asked, is_gap, made
from foedus.extract.commitments_deal import goes_on, is_clause_of, provided_by
from foedus.extract.commitments_frames import Binding, caused, is_act, is_refraining, is_word, statement_at, takes_in
from foedus.extract.commitments_things import impersonal
from foedus.extract.commitments_verbs import is_future, is_meeting
from foedus.extract.statements import find_statements
from foedus.language import syntax
from foedus.mentions.deeds import likely_deeds
from foedus.mentions.model import OfficeMention, Parties, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Firmness, Statement

_MOST_PARTIES = 12
_MADE = {"agreed", "initialled", "signed", "ratified", "in force", "renewed", "extended"}
_OFTEN = {"every", "each", "once", "twice", "annually", "regularly", "yearly", "monthly", "quarterly"}
_SURE = 0.8
_BETWEEN = {"also", "now", "then", "due", "jointly", "each", "both", "soon", "not"}


def by_future(document: Document, verb: Token) -> Iterator[Binding]:
    """ "X will send …", "X is to send …", and "would" in what somebody said; passives only of what states do."""
    aux = future_word(verb)
    if (
        aux is None
        or not (is_act(verb) or _is_getting(verb) or is_word("outcome", verb))
        or _hedged(document, verb, aux)
        or (
            not is_word("duty", aux)
            and document.modality(verb).kind == "hypothetical"
            and not (_is_told(verb, aux) or _is_conditional(verb, aux))
        )
        or is_meeting(verb)
        or _is_session(document, verb)
        or _is_exercise(document, verb)
        or _looks_back(verb, aux)
        or is_gap(verb)
        or _is_effect(verb)
        or _is_of_it(document, verb)
        or any(is_word("empty", t) or document.at(t.i, PersonMention) for t in syntax.children(verb, "obj"))
    ):
        return
    inside = document.in_quote(verb.idx)
    statement = statement_at(document, verb) or statement_at(document, syntax.first_conjunct(verb))
    reported = document.modality(verb).attributed is not None or inside or statement is not None
    reported = reported or (aux.lower_ == "would" and _goes_on(document, verb))
    terms = aux.lower_ == "would" and not reported and goes_on(document, verb)
    if is_word("reported_future", aux) and not (is_word("duty", aux) or reported or terms):
        return
    firmness: Firmness = "committed" if reported or aux.lower_ == "shall" else "plans"
    provided = of_the_deal(document, verb.i) if terms else provided_by(document, verb)
    by = Parties() if syntax.is_passive(verb) or is_word("duty", aux) else _doers(document, verb)
    if by.codes and not (is_act(verb) or _is_getting(verb)):
        return  # what comes about is promised of things alone
    if provided.codes and (by.codes or _for_all(verb)):
        by, firmness = provided if not by.codes or _is_both(verb, by, provided) else by, "agreed"
    elif not by.codes:
        by = impersonal(document, verb) or (facing(document, verb) if reported and is_act(verb) else Parties())
    if terms and not set(by.codes) <= set(provided.codes):
        return
    if _is_getting(verb):
        by = _giver(document, verb, statement)
    if not by.codes or len(by.codes) > _MOST_PARTIES or _of_others(verb, by, statement):
        return
    if (
        len(by.codes) < 2
        and is_word("holding", verb)
        and any(is_word("drill", t) for t in syntax.children(verb, "obj"))
    ):
        return  # an activity
    if firmness == "plans" and _is_partner(document, by):
        firmness = "committed"
    one = made(document, by, verb, aux, firmness, 1, clause=True)
    after = list(document.doc[verb.i + 1 : verb.i + 3])
    if one.last - one.act.i == 1 and len(after) == 2 and after[0].lower_ == "and" and after[1].pos_ == "VERB":
        return  # "will rejoin and fund the bank"
    if inside:
        cut(document, one, tuple(document.quotes))
    elif statement is not None:
        cut(document, one, statement.evidence["text"])
    yield one


def _is_conditional(verb: Token, aux: Token) -> bool:
    """ "X **will** help Y if …": a promise on a condition."""
    conditions = [c for c in syntax.children(verb, "advcl") if c.i > verb.i]
    return is_word("future", aux) and any(m.lower_ in {"if", "unless"} for c in conditions for m in c.children)


def _is_told(verb: Token, aux: Token) -> bool:
    """ "Both governments, **she added, would** open …": what is foretold in somebody's words set in between."""
    inside = (c for c in verb.children if c.dep_ in {"parataxis", "ccomp"} and c.i < aux.i and c.i > verb.left_edge.i)
    return aux.lower_ == "would" and any(
        c.doc[c.right_edge.i + 1].text == "," or c.right_edge.text == "," for c in inside
    )


def _is_effect(verb: Token) -> bool:
    """ "Will contribute to strengthening …": what something brings about, no act."""
    below = (*syntax.children(verb, "advcl", "xcomp", "ccomp"), *syntax.obliques(verb, "to"))
    aims = any(c.tag_ == "VBG" and any(m.lower_ == "to" for m in c.children) for c in below)
    return verb.lemma_.lower() == "contribute" and not syntax.children(verb, "obj") and aims


def _is_getting(verb: Token) -> bool:
    """Whether the subject is the one towards whom it is done, and takes nobody in."""
    return is_word("receiving", verb) and not takes_in(verb)


def _is_session(document: Document, verb: Token) -> bool:
    """ "The commission will meet in Norville on 3 May": a meeting of a known day, no rule how often one meets."""
    when = document.when(verb) if is_word("gather", verb) else None
    return when is not None and not any(
        c.lower_ in _OFTEN for t in syntax.children(verb, "obl", "obl:unmarked", "advmod") for c in (t, *t.children)
    )


_JOINS = {"participate", "partake", "join"}


def _is_exercise(document: Document, verb: Token) -> bool:
    """Whether the verb itself tells an exercise ("the fleets will train together", "will take part in the drill"): an activity."""
    alone = verb.lemma_.lower() in {"train", "exercise", "drill"} and not syntax.children(verb, "obj")
    joins = verb.lemma_.lower() in _JOINS or any(t.lower_ == "part" for t in syntax.children(verb, "obj"))
    taken = [t for o in syntax.obliques(verb, "in") for t in (o, *syntax.children(o, "appos"))]
    if joins and any(is_word("drill", t) or t.ent_type_ == "EXERCISE" for t in taken):
        return True
    return alone or any(d.token == verb.i and d.label == "exercise" for d in likely_deeds(document, _SURE))


def _is_of_it(document: Document, verb: Token) -> bool:
    """ "We will solve **them**", "our people will use **it**" in somebody's words: too little to bind anybody."""
    things = syntax.children(verb, "obj")
    vague = bool(things) and all(t.lower_ in {"it", "them", "this", "that", "so"} for t in things)
    return vague and document.in_quote(verb.idx)


def _is_partner(document: Document, by: Parties) -> bool:
    """Whether the report tells of an agreement that those who will do it have made: then they are bound to it."""
    made_it = (a for a in find_agreements(document) if a.stage in _MADE)
    return any(set(by.codes) <= set(a.parties or ()) for a in made_it)


def _goes_on(document: Document, verb: Token) -> bool:
    """Whether the sentence goes on with what its subject's party says in the sentence before ("X said … Y would also pay")."""
    low = document.sentence(verb.i)[0]
    if verb.dep_ not in {"ROOT", "conj"} or low == 0 or document.paragraph(low) != document.paragraph(low - 1):
        return False
    before = document.sentence(low - 1)
    first, last = document.doc[before[0]].idx, document.doc[low].idx
    spoken = {
        s.speaker.party
        for s in find_statements(document)
        if s.speaker is not None and any(first <= a < last for a, _ in s.evidence["text"])
    }
    own = bound(document, verb).codes
    return len(own) == 1 and own[0] in spoken


def _of_others(verb: Token, by: Parties, statement: Statement | None) -> bool:
    """Whether one party foretells what another will do, and it is nothing that states are bound to."""
    if statement is None or statement.speaker is None or any(is_word("act", t) for t in (verb, *caused(verb))):
        return False
    speaker = statement.speaker
    return speaker.party not in by.codes if speaker.party or speaker.name is None else False


def _giver(document: Document, verb: Token, statement: Statement | None) -> Parties:
    """Who speaks of what another party will receive."""
    speaker = statement.speaker if statement is not None else None
    to = document.parties_at(syntax.children(verb, "nsubj")).codes
    if statement is None or speaker is None or not speaker.party or not to or speaker.party in to:
        return Parties()
    return Parties((speaker.party,), tuple(statement.evidence["speaker"]))


def _hedged(document: Document, verb: Token, aux: Token) -> bool:
    """Whether the future is conditional, doubted, asked about or a refusal, or a clause that only describes a noun."""
    children = list(verb.children)
    if any(c.dep_ in {"mark", "advmod", "aux"} and is_word("hedge", c) for c in children):
        return True
    between = list(document.doc[aux.i + 1 : verb.i]) if aux.i < verb.i else []
    nothing = any(c.lower_ == "no" for t in syntax.children(verb, "obj") for c in t.children)
    refused = (nothing or any(is_word("negative", c) for c in (*children, *between))) and not is_refraining(verb)
    if (
        not refused
        and is_word("harm", verb)
        and not any(is_word("negative", c) or c.lower_ == "longer" for c in (*children, *between))
    ):
        return True
    if refused and not provided_by(document, verb).codes:
        return True
    where = any(c.lower_ == "where" and c.i < verb.i for c in children)
    if verb.dep_ == "acl:relcl" and where and _is_within_wish(verb):
        return True
    if verb.dep_ in {"acl:relcl", "acl"} or (verb.dep_ == "advcl" and any(c.dep_ == "mark" for c in children)):
        subject = next((c for c in children if c.dep_ == "nsubj"), None)
        relative = subject is None or subject.tag_ in {"WDT", "WP"} or _is_use(verb)
        return relative and document.at(verb.head.i, PartyMention) is None and not is_clause_of(verb)
    if verb.dep_ == "ccomp" and is_word("doubting", verb.head):
        return True
    asks = is_word("future", aux) and any(c.dep_ == "nsubj" and aux.i < c.i < verb.i for c in children)
    return asks or is_asked(verb) or any(t.text == "?" for t in document.doc[verb.i : document.sentence(verb.i)[1]])


def _is_use(verb: Token) -> bool:
    """Whether a clause tells what a thing will be used for ("the road **on which** it will haul timber"), not what a deal says ("under which")."""
    if not any(s.lower_ in {"it", "they", "he", "she"} for s in syntax.own_subjects(verb)):
        return False
    which = [t for t in syntax.children(verb, "obl") if t.tag_ == "WDT" and t.i < verb.i]
    return any(syntax.preposition(t) not in {"under", "by"} for t in which) and not is_word("deal", verb.head)


def _is_within_wish(verb: Token) -> bool:
    """Whether the noun that the clause describes belongs to what should, could or might be ("should begin a phase where X will …")."""
    at = verb.head
    while at.head is not at and at.pos_ not in {"VERB", "AUX"}:
        at = at.head
    return any(c.dep_ == "aux" and is_word("unreal", c) and c.lower_ != "will" for c in at.children)


def _doers(document: Document, verb: Token) -> Parties:
    """Who will do it: a state for any act, one person only for what a state does."""
    subject = syntax.subject(verb)
    person = subject is not None and (
        document.at(subject.i, PersonMention) is not None or document.at(subject.i, OfficeMention) is not None
    )
    if (person or (subject is not None and subject.lower_ in {"i", "he", "she"})) and not is_word("act", verb):
        statement = statement_at(document, verb)
        if statement is None or statement.speaker is None or not statement.speaker.party or _is_to(verb) is not None:
            return Parties()
    if subject is not None and subject.lower_ == "i" and is_word("assemble", verb) and not syntax.children(verb, "obj"):
        return Parties()  # "I will begin with the schedule"
    if is_word("gather", verb) and not syntax.children(verb, "obj"):
        return Parties()
    found = bound(document, verb)
    if subject is not None and subject.lower_ == "they" and not found.codes and verb.dep_ == "ccomp":
        above = syntax.subject(verb.head)  # "Peru indicated that they will …"
        state = document.at(above.i, PartyMention) if above is not None else None
        if state is not None and state.form != "adjective" and is_word("act", verb):
            return Parties((state.code,), (state.span,))
    together = is_word("jointly", verb) and len(found.codes) > 1 and not document.in_quote(verb.idx)
    if subject is not None and subject.lower_ == "they" and not together and not _say_it_of_themselves(document, verb):
        return Parties()
    return found


def _say_it_of_themselves(document: Document, verb: Token) -> bool:
    """ "The two sides said **they** would …": several who say together what they will do."""
    first = syntax.first_conjunct(verb)
    above = first.head if first.dep_ == "ccomp" and first.head.pos_ == "VERB" else None
    who = syntax.own_subjects(above) if above is not None else []
    several = bool(who) and (who[0].tag_ in {"NNS", "NNPS", "CD"} or len(syntax.conjuncts(who[0])) > 1)
    if not several or above is None or any(c.lower_ == "other" for c in who[0].children):
        return False
    return set(bound(document, above).codes) <= set(bound(document, verb).codes)


def _is_both(verb: Token, by: Parties, provided: Parties) -> bool:
    """Whether the subject only counts those bound ("both sides", "the two"), as many as the agreement has parties."""
    subject = syntax.subject(verb)
    if subject is None or len(by.codes) != len(provided.codes):
        return False
    plural = subject.tag_ == "NNS" or subject.lower_ in {"both", "each", "two", "they"}
    return plural and not any(c.dep_ in {"amod", "nmod", "nmod:poss", "conj"} for c in subject.children)


def _for_all(verb: Token) -> bool:
    """Whether a clause of an agreement binds all its parties: what is to be done by nobody in particular, or by each."""
    subject = syntax.subject(verb)
    return subject is None or syntax.is_passive(verb) or is_word("state", subject) or is_word("joint_body", subject)


def _looks_back(verb: Token, aux: Token) -> bool:
    """ "will have sent": what will be past then is foretold; "shall have left" binds."""
    return aux.lower_ != "shall" and any(c.dep_ == "aux" and c.lower_ == "have" and c.i > aux.i for c in verb.children)


def future_word(verb: Token) -> Token | None:
    """The auxiliary, or the "is" of "is to", that makes `verb` a future, own or shared with the verb it is joined to."""
    chain = [verb]
    if verb.dep_ == "conj" and not syntax.own_subjects(verb):
        chain.append(syntax.first_conjunct(verb))
    for at in chain:
        if at is not verb and (at.tag_ != "VB" or verb.tag_ not in {"VB", "VBP"}):
            continue
        for child in at.children:
            if child.dep_ == "aux" and (is_word("future", child) or is_word("reported_future", child)):
                return child
    return _is_to(verb)


def _is_to(verb: Token) -> Token | None:
    """ "is to hand over", "are going to lend", also "is to be closed"."""
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ in {"aux", "mark"}), None)
    if to is None or not (verb.tag_ == "VB" or syntax.is_passive(verb)):
        return None
    if verb.dep_ not in {"xcomp", "ccomp", "ROOT", "conj", "advcl", "parataxis"}:
        return None
    place = to.i - 1
    if place > 0 and verb.doc[place].lower_ == "going":
        place -= 1
    while place > 0 and verb.doc[place].lower_ in _BETWEEN:
        place -= 1
    before = verb.doc[place]
    if before.lemma_.lower() == "be" and before.tag_ in {"VBZ", "VBP"}:
        return before
    first = syntax.first_conjunct(verb)
    return _is_to(first) if verb.dep_ == "conj" and first is not verb else None


__all__ = ["by_future", "future_word", "is_future", "is_meeting"]
