using System;
using System.Threading;
using System.Threading.Tasks;

namespace WinMmf.Mono.Missing;

internal static class TaskMembers
{
    extension(Task task)
    {
        public async Task WaitAsync(TimeSpan timeout)
        {
            if (await Task.WhenAny(task, Task.Delay(timeout)).ConfigureAwait(false) != task)
                throw new TimeoutException();
            await task.ConfigureAwait(false);
        }
    }

    extension(CancellationTokenSource source)
    {
        public Task CancelAsync() => Task.Run(source.Cancel);
    }

    extension<T>(Task<T> task)
    {
        public async Task<T> WaitAsync(TimeSpan timeout)
        {
            await ((Task)task).WaitAsync(timeout).ConfigureAwait(false);
            return await task.ConfigureAwait(false);
        }
    }
}
