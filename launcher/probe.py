"""`python -m launcher.probe`: whether the web process of this container answers. For the container's health check."""

import os
import sys
import urllib.request


def main() -> int:
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    request = urllib.request.Request(
        f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/healthz",
        # As the proxy would ask: production answers its own name over HTTPS only.
        headers={"Host": host, "X-Forwarded-Proto": "https"},
    )
    with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310 - the address is a constant
        return 0 if response.status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
