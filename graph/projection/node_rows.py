"""A row of a kind's sheet, read into the graph: fields, references, lists and honours."""

from __future__ import annotations

from typing import Any

from graph.dates import year_in_brackets
from graph.model import Edge, Node, Record
from graph.naming.firm import parse_firm
from graph.projection.draft import Draft, End, support
from graph.projection.identity import Miss, make_id
from graph.projection.mentions import COUNTY, FIRM
from graph.projection.settled import Places, References, Stands, Totals
from graph.schema.kinds import Column, EdgeRule, Kind
from graph.text import norm, split

HONOUR = "资质认定"


class NodeRows:
    """Reads rows of kinds into a draft, and gathers what is settled after all of them."""

    def __init__(self, draft: Draft) -> None:
        self._draft, self._known = draft, draft.known
        self.totals, self.places, self.stands, self.references = Totals(), Places(), Stands(), References()
        self._carried = {k.caption: {c.with_ for c in k.columns if c.with_} for k in draft.schema.kinds.values()}

    def read(self, record: Record, kind: Kind) -> None:
        """Take in a row; one whose key is not known yet waits already."""
        ident = self._known.entity.get(record.seq)
        if ident is None:
            return
        node = self._draft.node(kind.caption, ident, record)
        if kind.name_column is None:
            node.name = " ".join(str(record.values.get(k) or "") for k in kind.key)
        for column in kind.columns:
            value = record.values.get(column.caption)
            if value is None:
                continue
            if column.value_type.refers and column.list:
                self._list_edges(record, kind, column, node)
            elif column.value_type.awards:
                self._honours(record, node, str(value))
            else:
                self._field(record, kind, column, node)
        self.totals.note(record, kind, ident)
        if kind.caption == FIRM:
            self.places.note(record, ident)
        if extras := record.values.get("附加列"):
            node.extras.update(extras)

    def _field(self, record: Record, kind: Kind, column: Column, node: Node) -> None:
        name, value = column.field or "", record.values[column.caption]
        if column.value_type.refers and column.relation:
            meant = self._meant(record, kind, column, str(value))
            if (
                kind.caption == FIRM
                and column.caption == COUNTY
                and not self.places.counts(record, node.id, bool(meant))
            ):
                return
            self.references.note(record, node.id, column, meant)
        if column.value_type.gathers:
            before = split(str(node.values.get(name) or ""))
            node.values[name] = "、".join(dict.fromkeys(sorted({*before, *split(str(value))})))
            return
        if column.caption in self._carried[kind.caption]:
            partner = next(c for c in kind.columns if c.with_ == column.caption)
            if record.values.get(partner.caption) is None and node.values.get(partner.field or "") is not None:
                return
        if column.with_:
            node.values[kind.by_caption[column.with_].field or ""] = record.values.get(column.with_)
        if column.field == "name" and kind.codes:
            value = self._called(node, str(value))
        value = column.value_type.stored(value)
        node.values[name] = value
        if column is kind.name_column:
            node.name = str(value)

    def _called(self, node: Node, name: str) -> str:
        """An enterprise's name; a former one never replaces the present one, nor a short one that which is registered."""
        before, is_former = node.name, self._known.is_former
        if not before or before == name:
            return name
        lesser = [(is_former(n), not parse_firm(n).full) for n in (name, before)]
        present, other = (before, name) if lesser[0] > lesser[1] else (name, before)
        aliases = {*split(str(node.values.get("aliases") or "")), other} - {present}
        node.values["aliases"] = "、".join(sorted(aliases))
        return present

    def _meant(self, record: Record, kind: Kind, column: Column, name: str) -> tuple[str, ...]:
        """What the name in a field refers to; a name that means nothing yet waits."""
        if norm(name) in column.whole:
            return ()
        if column.many:
            return tuple(self._known.goals_of(record, column, name))
        ident = self._known.resolve(record, kind, column, name)
        if not isinstance(ident, Miss):
            return (ident,)
        if column.caption not in kind.key:
            self._known.unresolved.wait(record, column, name, ident)
        return ()

    def _list_edges(self, record: Record, kind: Kind, column: Column, node: Node) -> None:
        items = self._known.items(record, column, str(record.values[column.caption]))
        for name in items:
            if column.defines:
                ident: str | Miss = self._draft.define(column.to[0], name, record)
            else:
                ident = self._known.resolve(record, kind, column, name)
            if isinstance(ident, Miss):
                self._known.unresolved.wait(record, column, name, ident)
                continue
            for rule in column.edges:
                if (rule.when and record.values.get(rule.when) is None) or (rule.single and len(items) > 1):
                    continue
                self.link(record, rule, node, self._draft.end(ident, column.to))

    def link(self, record: Record, rule: EdgeRule, node: Node, target: End) -> Edge:
        """The edge that a row's list makes, with the cells that travel with it."""
        relation = self._draft.schema.relations[rule.relation]
        values: dict[str, Any] = {
            c.caption: record.values.get(c.caption) for c in relation.fields if c.caption in rule.carries
        }
        edge = self._draft.edge(relation, End(node.kind, node.id), target, values)
        support(edge, record)
        if relation.state_field:
            self.stands.note(record, edge)
        return edge

    def _honours(self, record: Record, firm: Node, cell: str) -> None:
        relation = self._draft.schema.relations["AWARDED_TO"]
        for item in dict.fromkeys(split(cell)):
            name, year = year_in_brackets(item)
            honour = self._draft.named(HONOUR, make_id(HONOUR, firm.id, norm(name)), record, name)
            if year:
                honour.values["year"] = year
            support(self._draft.edge(relation, End(HONOUR, honour.id), End(firm.kind, firm.id), {}), record)
