#!/usr/bin/env bash
# The picture in docs/prompt-engineering.md: the top of the report on two runs. Needs Chromium. Run from the repository's
# root with the folders of a baseline and a candidate.
set -euo pipefail
work=$(mktemp -d)
cxify eval report "$1" "$2" -o "$work/report.html"
chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --window-size=1180,1000 \
    --screenshot="docs/images/report.png" "file://$work/report.html"
