using System;
using System.Runtime.InteropServices;

namespace WinMmf.Benchmarks.Transports.Native;

/// <summary>What C programmers use on Linux: a robust mutex and a condition variable, shared between processes.</summary>
internal static unsafe partial class Pthread
{
    private const string Libc = "libc.so.6";
    private const int ProcessShared = 1;
    private const int Robust = 1;
    private const int OwnerDead = 130;
    private const int AttributeBytes = 64;

    public static void Initialise(byte* mutex, byte* condition)
    {
        byte* attributes = stackalloc byte[AttributeBytes];
        Check(pthread_mutexattr_init(attributes));
        Check(pthread_mutexattr_setpshared(attributes, ProcessShared));
        Check(pthread_mutexattr_setrobust(attributes, Robust));
        Check(pthread_mutex_init(mutex, attributes));
        Check(pthread_condattr_init(attributes));
        Check(pthread_condattr_setpshared(attributes, ProcessShared));
        Check(pthread_cond_init(condition, attributes));
    }

    public static void Lock(byte* mutex) => Take(mutex, pthread_mutex_lock(mutex));

    public static void Unlock(byte* mutex) => Check(pthread_mutex_unlock(mutex));

    public static void Wait(byte* condition, byte* mutex) => Take(mutex, pthread_cond_wait(condition, mutex));

    public static void WakeAll(byte* condition) => Check(pthread_cond_broadcast(condition));

    private static void Take(byte* mutex, int error)
    {
        if (error == OwnerDead)
            error = pthread_mutex_consistent(mutex);
        Check(error);
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new InvalidOperationException($"pthread failed with error {error}.");
    }

    [LibraryImport(Libc)]
    private static partial int pthread_mutexattr_init(byte* attributes);

    [LibraryImport(Libc)]
    private static partial int pthread_mutexattr_setpshared(byte* attributes, int shared);

    [LibraryImport(Libc)]
    private static partial int pthread_mutexattr_setrobust(byte* attributes, int robust);

    [LibraryImport(Libc)]
    private static partial int pthread_mutex_init(byte* mutex, byte* attributes);

    [LibraryImport(Libc)]
    private static partial int pthread_mutex_lock(byte* mutex);

    [LibraryImport(Libc)]
    private static partial int pthread_mutex_unlock(byte* mutex);

    [LibraryImport(Libc)]
    private static partial int pthread_mutex_consistent(byte* mutex);

    [LibraryImport(Libc)]
    private static partial int pthread_condattr_init(byte* attributes);

    [LibraryImport(Libc)]
    private static partial int pthread_condattr_setpshared(byte* attributes, int shared);

    [LibraryImport(Libc)]
    private static partial int pthread_cond_init(byte* condition, byte* attributes);

    [LibraryImport(Libc)]
    private static partial int pthread_cond_wait(byte* condition, byte* mutex);

    [LibraryImport(Libc)]
    private static partial int pthread_cond_broadcast(byte* condition);
}
