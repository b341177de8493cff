using System;
using WinMmf.Management.Control;

namespace WinMmf.Publisher.Control;

/// <summary>Answers requests of the control pipe. Called from several threads.</summary>
internal interface IControlHandler
{
    /// <summary>Answers one request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="afterwards">What to do once the answer is sent; null for nothing.</param>
    ControlMessage Answer(ControlMessage request, out Action? afterwards);
}
