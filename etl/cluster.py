"""Reading on several machines: the executor of a Dask scheduler, as `build --scheduler` asks for it.

The machines share the folder of filings under the same path and have the same version of this code. What they read
comes back to the one build that publishes; a file whose worker has died is read by another.
"""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

_PATIENCE = 30  # seconds until a worker must have come


class NoCluster(Exception):
    """The cluster cannot be used; the message is one Chinese sentence."""


class Cluster(Executor):
    """An executor whose workers may die: the scheduler gives their work to others, and gives up on what kills several."""

    def __init__(self, address: str, version: Callable[[], str]) -> None:
        """Connect, and make sure that the workers run the same code. Raises NoCluster."""
        if find_spec("distributed") is None:
            raise NoCluster("没有安装 distributed，请先运行 pip install -r requirements-cluster.txt")
        distributed: Any = import_module("distributed")
        try:
            self._client = distributed.Client(address, timeout=_PATIENCE)
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except OSError as error:
            raise NoCluster(
                f"连不上 {address} 或那里没有工作进程（{error}），请检查地址和工作进程"
            ) from error
        if set(self._client.run(version).values()) != {version()}:
            self._client.close()
            raise NoCluster("各台机器上的程序版本不同，读出的结果不能放在一起；请更新后重试")
        self._executor = self._client.get_executor(pure=False)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As every executor; a task that has cost several workers their lives ends with BrokenExecutor."""
        asked: Future[Any] = Future()
        self._executor.submit(fn, *args, **kwargs).add_done_callback(partial(_pass_on, asked))
        return asked

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster as it is, and the connection."""
        self._executor.shutdown(wait=wait)
        self._client.close()


def _pass_on(asked: Future[Any], done: Future[Any]) -> None:
    if done.cancelled():
        asked.cancel()
        return
    error = done.exception()
    if isinstance(error, import_module("distributed").KilledWorker):
        error = BrokenExecutor(str(error))
    if error:
        asked.set_exception(error)
    else:
        asked.set_result(done.result())
