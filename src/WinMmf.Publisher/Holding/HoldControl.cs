using System;
using System.Globalization;
using System.Threading;
using WinMmf.Management.Control;
using WinMmf.Names;
using WinMmf.Publisher.Control;

namespace WinMmf.Publisher.Holding;

/// <summary>The verbs of a keeper's control pipe.</summary>
internal sealed class HoldControl : IControlHandler
{
    private readonly SharedName _name;
    private readonly long _size;
    private readonly CancellationTokenSource _stop;

    public HoldControl(SharedName name, long size, CancellationTokenSource stop)
    {
        _name = name;
        _size = size;
        _stop = stop;
    }

    public ControlMessage Answer(ControlMessage request, out Action? afterwards)
    {
        afterwards = null;
        switch (request.Head)
        {
            case ControlClient.Status:
                return new ControlMessage("OK")
                {
                    [ControlClient.Keeps] = _name.ToString(),
                    ["pid"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
                    ["size"] = _size.ToString(CultureInfo.InvariantCulture),
                };
            case ControlClient.Stop when !AimedRequest.IsFor(request, ControlClient.Keeps, _name):
                return AimedRequest.WrongName($"This process keeps {_name}.");
            case ControlClient.Stop:
                afterwards = _stop.Cancel;
                return new ControlMessage("OK");
            default:
                return new ControlMessage("ERROR NotSupported")
                {
                    ["message"] = "This process keeps a memory and knows the verbs STATUS "
                    + "and STOP."
                };
        }
    }
}
