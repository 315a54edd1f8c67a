#!/bin/sh
# Rebuild the language model that ships with foedus, from treebanks and base model to the files in the wheel.
#   training/rebuild.sh TREEBANKS        (about half an hour on two cores; goes on where it was interrupted)
set -eu
treebanks=$(cd "${1:?give the folder of the .conllu.xz treebanks}" && pwd)
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv-training/bin/python}
if [ ! -x "$python" ]; then
    python3 -m venv .venv-training
    .venv-training/bin/pip install --quiet -r training/requirements.txt
    python=.venv-training/bin/python
fi
work=training/work
weights=src/foedus/language/weights
"$python" training/train.py "$treebanks" "$work"
"$python" training/export.py "$work"
"$python" training/lemmas.py "$treebanks" "$work/lemmas.json"
"$python" -c "import sys; sys.path.insert(0, 'training'); from network import base_model_folder; import shutil; shutil.copy(base_model_folder() / 'tokenizer.json', '$work/tokenizer.json')"
"$python" training/evaluate.py "$treebanks" "$work"
cp "$work/encoder.int8.onnx" "$work/labels.json" "$work/lemmas.json" "$work/tokenizer.json" "$weights/"
