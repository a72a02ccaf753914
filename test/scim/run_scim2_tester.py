"""Runs every check of scim2-tester. Usage: run_scim2_tester.py URL TOKEN; ends with 1 unless all of them pass."""

import sys

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

GOOD = {Status.SUCCESS, Status.COMPLIANT, Status.ACCEPTABLE}


def main(url: str, token: str) -> int:
    http = Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    results = check_server(SyncSCIMClient(http))
    by_status: dict[str, int] = {}
    for result in results:
        by_status[result.status.name] = by_status.get(result.status.name, 0) + 1
        if result.status not in GOOD:
            print(f"{result.status.name} {result.title}: {result.reason}")
    print("scim2-tester:", ", ".join(f"{count} {name}" for name, count in sorted(by_status.items())))
    return 0 if set(by_status) <= {status.name for status in GOOD} and results else 1


sys.exit(main(*sys.argv[1:]))
