#!/bin/sh
# Rebuild the language models that ship with foedus, from treebanks, corpus and base model to the files in the wheel.
#   training/rebuild.sh TREEBANKS [default|fast|all]      (goes on where it was interrupted; a GPU is used when there is one)
# default: about ten hours on two free cores (estimated), some 25 minutes on a GPU; fast: about an hour more on the cores, and needs the default one.
set -eu
treebanks=$(cd "${1:?give the folder of the .conllu.xz treebanks}" && pwd)
which=${2:-all}
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv-training/bin/python}
if [ ! -x "$python" ]; then
    python3 -m venv .venv-training
    .venv-training/bin/pip install --quiet -r training/requirements.txt
    python=.venv-training/bin/python
fi
weights=src/foedus/language/weights
for name in default fast; do
    [ "$which" = all ] || [ "$which" = "$name" ] || continue
    work=training/work/$name
    mkdir -p "$work"
    "$python" -c "import sys; sys.path.insert(0, 'training'); from network import base_model_folder; import shutil; shutil.copy(base_model_folder() / 'tokenizer.json', '$work/tokenizer.json')"
    if [ "$name" = fast ]; then
        "$python" training/train.py "$treebanks" "$work" --fast
    else
        "$python" training/train.py "$treebanks" "$work"
        "$python" training/lemmas.py "$treebanks" "$weights/lemmas.json"
    fi
    cp "$work/labels.json" "$work/$name.json"
    "$python" training/export.py "$work" "$name"
    if [ "$name" = default ]; then # fast resolves reference by rule
        "$python" training/reference.py "$treebanks" "$work" "$name"
        "$python" training/export.py "$work" "$name"
    fi
    cp "$work/$name.int8.onnx" "$work/$name.json" "$work/$name.npz" "$work/embeddings.bin" "$work/tokenizer.json" "$weights/"
    [ "$name" = fast ] || "$python" training/partners.py --write
    [ "$name" = fast ] || "$python" training/trust.py --write
    "$python" training/evaluate.py "$treebanks" --pipeline "$name"
    [ "$name" = fast ] || "$python" training/reference.py "$treebanks" "$work" "$name" --measure
done
