using System;
using System.IO;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Management.Control;
using WinMmf.Publisher.Platform;

namespace WinMmf.Publisher.CommandLine;

/// <summary>The request of the program that started this one, on standard input.</summary>
internal static class RequestInput
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Reads it and lets go of standard input.</summary>
    /// <param name="platform">The system.</param>
    /// <param name="keep">True to keep standard input: it is the life-line to the parent.</param>
    /// <exception cref="WinMmfException">InvalidArgument: there is none, or it makes no sense.</exception>
    public static ControlMessage Read(IPublisherPlatform platform, bool keep = false)
    {
        using Stream input = Console.OpenStandardInput();
        try
        {
            Task<ControlMessage?> reading = Task.Run(() => ControlMessage.Read(input));
            if (!reading.Wait(Limit))
                throw Bad($"No request came on standard input within {Limit.TotalSeconds:0} s.");
            if (!keep)
                platform.LetGoOfStandardInput();
            return reading.Result ?? throw Bad("There is no request on standard input.");
        }
        catch (AggregateException e) when (e.InnerException is InvalidDataException or IOException)
        {
            throw Bad($"The request on standard input makes no sense: {e.InnerException.Message}");
        }
    }

    private static WinMmfException Bad(string message) =>
        new(WinMmfErrorId.InvalidArgument,
            message + " Programs that start publishers write it there; give the options as arguments instead.");
}
