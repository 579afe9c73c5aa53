"""Writes tiny models of EXAONE's architectures with random weights: half a megabyte each, and nobody's licence.

They prove that an engine loads the architecture, its tokenizer and its chat template; what they say means nothing.
usage: tiny_exaone.py FOLDER
"""

import struct
import sys
from pathlib import Path

import numpy

HIDDEN, LAYERS, HEADS, GROUPS, INNER = 64, 4, 4, 2, 128
HEAD = HIDDEN // HEADS
EXPERTS, USED_EXPERTS, EXPERT_INNER = 8, 2, 32
CONTEXT, WINDOW = 4096, 64
ALIGNMENT = 32
NORMAL, CONTROL, USER_DEFINED = 1, 3, 4

# Marks of turns, as the families write them: (system, user, assistant, end of turn).
BRACKETS = ("[|system|]", "[|user|]", "[|assistant|]", "[|endofturn|]")
ANGLES = ("<|system|>", "<|user|>", "<|assistant|>", "<|endofturn|>")
THINKING = ("<think>", "</think>")


def template(marks, thinks_unless_told):
    """Turns between marks; the answer begins inside of thoughts, or after empty ones."""
    system, user, assistant, end = marks
    switch = "not enable_thinking is defined or enable_thinking" if thinks_unless_told else "enable_thinking is defined and enable_thinking"
    return (
        "{%- for message in messages -%}"
        "{%- set mark = {'system': '" + system + "', 'user': '" + user + "', 'assistant': '" + assistant + "'}[message.role] -%}"
        "{{ mark + '\\n' + message.content + '" + end + "\\n' }}"
        "{%- endfor -%}"
        "{%- if add_generation_prompt -%}{{ '" + assistant + "\\n' }}"
        "{%- if " + switch + " -%}{{ '<think>\\n' }}{%- else -%}{{ '<think>\\n\\n</think>\\n\\n' }}{%- endif -%}"
        "{%- endif -%}"
    )


def byte_alphabet():
    """The printable stand-ins of the 256 bytes that byte-level tokenizers use."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = iter(range(256, 512))
    return [chr(byte) if byte in printable else chr(next(others)) for byte in range(256)]


class Gguf:
    """The file format: a header of named values, the tensors' places, the tensors."""

    KINDS = {bool: (7, "<?"), int: (4, "<I"), float: (6, "<f")}

    def __init__(self):
        self.values, self.tensors = [], []

    def put(self, name, value):
        self.values.append(self.text(name) + self.value(value))

    def tensor(self, name, array):
        self.tensors.append((name, array))

    def write(self, path):
        places, offset = [], 0
        for name, array in self.tensors:
            shape = array.shape[::-1]
            kind = {numpy.dtype("float32"): 0, numpy.dtype("float16"): 1}[array.dtype]
            places.append(self.text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, offset))
            offset += self.padded(array.nbytes)
        header = b"GGUF" + struct.pack("<IQQ", 3, len(self.tensors), len(self.values)) + b"".join(self.values + places)
        with open(path, "wb") as file:
            file.write(header.ljust(self.padded(len(header)), b"\0"))
            for _, array in self.tensors:
                file.write(array.tobytes().ljust(self.padded(array.nbytes), b"\0"))

    @staticmethod
    def padded(size):
        return -(-size // ALIGNMENT) * ALIGNMENT

    @staticmethod
    def text(value):
        encoded = value.encode()
        return struct.pack("<Q", len(encoded)) + encoded

    def value(self, value):
        if isinstance(value, str):
            return struct.pack("<I", 8) + self.text(value)
        if isinstance(value, list):
            items = [self.value(item) for item in value]
            return struct.pack("<I", 9) + items[0][:4] + struct.pack("<Q", len(items)) + b"".join(item[4:] for item in items)
        kind, form = self.KINDS[type(value)]
        return struct.pack("<I", kind) + struct.pack(form, value)


def put_tokenizer(gguf, marks, family):
    alphabet = byte_alphabet()
    merges = [("t", "h"), ("th", "e"), ("a", "n"), ("i", "n"), ("o", "n"), ("e", "r")]
    control = ["[PAD]", "[BOS]", "[UNK]", *marks]
    tokens = [*control, *alphabet, *("".join(pair) for pair in merges), *THINKING]
    kinds = [CONTROL] * len(control) + [NORMAL] * (len(alphabet) + len(merges)) + [USER_DEFINED] * len(THINKING)
    gguf.put("tokenizer.ggml.model", "gpt2")
    gguf.put("tokenizer.ggml.pre", family)
    gguf.put("tokenizer.ggml.tokens", tokens)
    # Signed, unlike all other numbers here.
    gguf.values.append(
        gguf.text("tokenizer.ggml.token_type") + struct.pack(f"<IIQ{len(kinds)}i", 9, 5, len(kinds), *kinds))
    gguf.put("tokenizer.ggml.merges", [" ".join(pair) for pair in merges])
    for name, token in (("padding", "[PAD]"), ("bos", "[BOS]"), ("unknown", "[UNK]"), ("eos", marks[3])):
        gguf.put(f"tokenizer.ggml.{name}_token_id", tokens.index(token))
    gguf.put("tokenizer.ggml.add_bos_token", False)
    return len(tokens)


def put_shape(gguf, architecture):
    def put(name, value):
        gguf.put(f"{architecture}.{name}", value)

    put("context_length", CONTEXT)
    put("embedding_length", HIDDEN)
    put("block_count", LAYERS)
    put("feed_forward_length", INNER)
    put("attention.head_count", HEADS)
    put("attention.head_count_kv", GROUPS)
    put("attention.key_length", HEAD)
    put("attention.value_length", HEAD)
    put("attention.layer_norm_rms_epsilon", 1e-5)
    put("rope.dimension_count", HEAD)
    put("rope.freq_base", 1_000_000.0)
    put("attention.sliding_window", WINDOW)
    put("attention.sliding_window_pattern", [(layer + 1) % 4 != 0 for layer in range(LAYERS)])
    if architecture == "exaone-moe":
        put("expert_count", EXPERTS)
        put("expert_used_count", USED_EXPERTS)
        put("expert_shared_count", 1)
        put("expert_feed_forward_length", EXPERT_INNER)
        put("expert_shared_feed_forward_length", EXPERT_INNER)
        put("expert_gating_func", 2)
        put("expert_weights_scale", 2.5)
        put("expert_weights_norm", True)
        put("leading_dense_block_count", 1)


def put_tensors(gguf, architecture, vocabulary):
    random = numpy.random.default_rng(7)

    def noise(name, *shape, scale=None, kind=numpy.float16):
        gguf.tensor(name, (random.standard_normal(shape) * (scale or shape[-1] ** -0.5)).astype(kind))

    def ones(name, size):
        gguf.tensor(name, numpy.ones(size, dtype=numpy.float32))

    noise("token_embd.weight", vocabulary, HIDDEN, scale=1.0)
    ones("output_norm.weight", HIDDEN)
    noise("output.weight", vocabulary, HIDDEN)
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        for name, rows in (("attn_q", HEADS * HEAD), ("attn_k", GROUPS * HEAD), ("attn_v", GROUPS * HEAD)):
            noise(f"{block}{name}.weight", rows, HIDDEN)
        noise(f"{block}attn_output.weight", HIDDEN, HEADS * HEAD)
        ones(f"{block}attn_q_norm.weight", HEAD)
        ones(f"{block}attn_k_norm.weight", HEAD)
        norms = ("attn_norm", "ffn_norm") if architecture == "exaone-moe" else ("post_attention_norm", "post_ffw_norm")
        for name in norms:
            ones(f"{block}{name}.weight", HIDDEN)
        if architecture == "exaone-moe" and layer >= 1:
            noise(f"{block}ffn_gate_inp.weight", EXPERTS, HIDDEN, scale=1.0, kind=numpy.float32)
            gguf.tensor(f"{block}exp_probs_b.bias", numpy.zeros(EXPERTS, dtype=numpy.float32))
            for name, shape in (("gate", (EXPERT_INNER, HIDDEN)), ("up", (EXPERT_INNER, HIDDEN)), ("down", (HIDDEN, EXPERT_INNER))):
                noise(f"{block}ffn_{name}_exps.weight", EXPERTS, *shape)
                noise(f"{block}ffn_{name}_shexp.weight", *shape)
        else:
            for name, shape in (("gate", (INNER, HIDDEN)), ("up", (INNER, HIDDEN)), ("down", (HIDDEN, INNER))):
                noise(f"{block}ffn_{name}.weight", *shape)


def write(folder, name, architecture, marks, thinks_unless_told):
    gguf = Gguf()
    gguf.put("general.architecture", architecture)
    gguf.put("general.name", name)
    gguf.put("general.license", "CC0-1.0")
    gguf.put("general.file_type", 1)
    put_shape(gguf, architecture)
    vocabulary = put_tokenizer(gguf, marks, architecture)
    gguf.put(f"{architecture}.vocab_size", vocabulary)
    gguf.put("tokenizer.chat_template", template(marks, thinks_unless_told))
    put_tensors(gguf, architecture, vocabulary)
    gguf.write(Path(folder, f"{name}.gguf"))


if __name__ == "__main__":
    write(sys.argv[1], "tiny-exaone4", "exaone4", BRACKETS, thinks_unless_told=False)
    write(sys.argv[1], "tiny-k-exaone", "exaone-moe", ANGLES, thinks_unless_told=True)
