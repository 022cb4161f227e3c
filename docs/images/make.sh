#!/usr/bin/env bash
# The two pictures of the README, from a real run: page 2 of the sample nurse job description before and after.
# Needs LibreOffice and poppler-utils. Run from the repository's root.
set -euo pipefail
work=$(mktemp -d)
sample=job_description_nurse_uk.docx
cxify rewrite "samples/$sample" -o "$work/after"
picture() {  # FILE OPTIONS NAME
    soffice --headless --convert-to "$2" --outdir "$work/$3" "$1" >/dev/null 2>&1
    pdftoppm -r 80 -f 2 -l 2 -x 20 -y 60 -W 620 -H 500 -png -singlefile "$work/$3"/*.pdf "docs/images/$3"
}
picture "samples/$sample" pdf before
picture "$work/after/$sample" 'pdf:writer_pdf_Export:{"ExportNotesInMargin":{"type":"boolean","value":"true"}}' after
