"""A network as GraphML, which Gephi, yEd, igraph and networkx load."""

from __future__ import annotations

from foedus.ask import Network, party_name


def network_graphml(network: Network) -> str:
    """GraphML of an undirected graph: nodes with `label`, `partners`, `records`; edges with `weight`, `about`, years, `ids`."""
    import networkx

    graph = networkx.Graph()
    for node in network.nodes:
        graph.add_node(_clean(node.party), label=_clean(node.name), partners=node.partners, records=node.records)
    for edge in network.edges:
        about = {f"on_{_clean(name)}": number for name, number in edge.on.items()}
        graph.add_edge(
            _clean(edge.a),
            _clean(edge.b),
            weight=edge.count,
            label=f"{_clean(party_name(edge.a))} – {_clean(party_name(edge.b))}",
            about=", ".join(f"{_clean(name)} {number}" for name, number in edge.on.items()),
            first=edge.first or "",
            last=edge.last or "",
            ids=";".join(map(_clean, edge.ids)),
            **about,
        )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(networkx.generate_graphml(graph)) + "\n"


def _clean(text: str) -> str:
    """Without characters that XML cannot hold."""
    return "".join(c for c in text if c.isprintable())
