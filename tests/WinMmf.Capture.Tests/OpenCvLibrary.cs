using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OpenCvSharp;
using WinMmf.Management.Launching;
using WinMmf.Management.Platform.Selection;
using Xunit;

namespace WinMmf.Capture.Tests;

/// <summary>OpenCV itself in the process of the tests, to compare with, and the OpenCV process that was built beside them.</summary>
internal static class OpenCvLibrary
{
    private const string Native = "libOpenCvSharpExtern.so";

    /// <summary>The folder of the program.</summary>
    public static string Folder { get; } = typeof(OpenCvLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static data => data.Key == "OpenCvFolder").Value!;

    /// <summary>The program as the source starts it.</summary>
    public static OpenCvProgram Program => Of(Folder);

    private static string NativePath => Path.Combine(Folder, "runtimes", "linux-x64", "native", Native);

    /// <summary>The program in a folder, run by the run-time that runs the tests.</summary>
    public static OpenCvProgram Of(string folder) =>
        new(DotNetProgram.Find(ManagementServices.Current), [Path.Combine(folder, "WinMmf.Capture.OpenCv.dll")]);

    /// <summary>Skips the test where OpenCV was not built or cannot be loaded.</summary>
    public static void Require()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "OpenCV is built and tried on Linux");
        Skip.IfNot(File.Exists(NativePath), $"there is no {NativePath}");
        Skip.IfNot(
            NativeLibrary.TryLoad(NativePath, out _), "OpenCV's native library cannot be loaded: apt-get install libgtk-3-0");
    }

    /// <summary>Writes a video of moving pictures, Motion JPEG in AVI.</summary>
    public static void WriteVideo(string file, int width, int height, int frames)
    {
        using VideoWriter writer = new(file, VideoCaptureAPIs.OPENCV_MJPEG, FourCC.FromString("MJPG"), 25, new Size(width, height));
        Assert.True(writer.IsOpened());
        for (int i = 0; i < frames; i++)
        {
            using Mat picture = Draw(width, height, i);
            writer.Write(picture);
        }
    }

    /// <summary>Writes one picture without loss.</summary>
    public static void WritePicture(string file, int width, int height, int number)
    {
        using Mat picture = Draw(width, height, number);
        Assert.True(Cv2.ImWrite(file, picture));
    }

    /// <summary>Hashes of the frames as the library alone gives them.</summary>
    public static List<string> Decode(string file, VideoCaptureAPIs api, Func<Mat, Mat>? change = null)
    {
        using VideoCapture capture = new(file, api);
        Assert.True(capture.IsOpened());
        List<string> hashes = [];
        using Mat frame = new();
        while (capture.Read(frame))
        {
            using Mat changed = change?.Invoke(frame) ?? frame.Clone();
            byte[] bytes = new byte[changed.Rows * changed.Cols * changed.ElemSize()];
            Marshal.Copy(changed.Data, bytes, 0, bytes.Length);
            hashes.Add(Convert.ToHexString(SHA256.HashData(bytes)));
        }

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
        return hashes;
    }

    [ModuleInitializer]
    internal static void Resolve() => NativeLibrary.SetDllImportResolver(
        typeof(Mat).Assembly,
        static (name, _, _) => name == "OpenCvSharpExtern" && File.Exists(NativePath) ? NativeLibrary.Load(NativePath) : IntPtr.Zero);

    private static Mat Draw(int width, int height, int number)
    {
        Mat picture = new(height, width, MatType.CV_8UC3, new Scalar(number * 5 % 256, 80, 255 - (number * 3 % 256)));
        Cv2.Rectangle(picture, new Rect(number % Math.Max(1, width - 20), height / 4, 20, height / 3), new Scalar(20, 240, 90), -1);
        Cv2.Circle(picture, new Point(width / 2, height / 2), 5 + (number % (height / 3)), new Scalar(250, number % 256, 10), 2);
        return picture;
    }
}
