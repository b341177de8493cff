namespace WinMmf.Capture;

/// <summary>What the publisher and its OpenCV process say to each other. Numbers in brackets are the message's.</summary>
internal enum OpenCvMessageKind : uint
{
    /// <summary>Nothing: the other side has ended.</summary>
    None = 0,

    /// <summary>Publisher: open this input (text: an <see cref="OpenCvRequest"/>). Answered by Opened or Failed.</summary>
    Open = 1,

    /// <summary>
    /// Publisher: put the announced frame into a slot (A: pixels generation, B: slot, C: width, D: height). Answered by Filled, Resized or
    /// Failed; after Filled the next frame is fetched.
    /// </summary>
    Fill,

    /// <summary>Publisher: throw the announced frame away and fetch the next one. Not answered.</summary>
    Skip,

    /// <summary>OpenCV: open (text: an <see cref="OpenCvReply"/>); the first frame is announced next.</summary>
    Opened,

    /// <summary>OpenCV: a frame is there (A: when it came, monotonic nanoseconds).</summary>
    Grabbed,

    /// <summary>OpenCV: the slot holds the frame.</summary>
    Filled,

    /// <summary>
    /// OpenCV: the slot was left alone, because the frame has another size (C: width, D: height). It waits for a fitting slot.
    /// </summary>
    Resized,

    /// <summary>OpenCV: there are no more frames.</summary>
    Ended,

    /// <summary>OpenCV: that failed (text: a failure message).</summary>
    Failed,
}
