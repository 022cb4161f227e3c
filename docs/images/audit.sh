#!/usr/bin/env bash
# The picture in docs/audit.md, from a real run: the top of the audit of the samples. Needs Chromium. Run from the
# repository's root.
set -euo pipefail
work=$(mktemp -d)
cxify audit samples --html "$work/audit.html"
chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --window-size=1180,1000 \
    --screenshot="docs/images/audit.png" "file://$work/audit.html"
