using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using WinMmf.Frames;
using WinMmf.Management.Control;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>The publishers of a configuration file.</summary>
public sealed class RunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-run-").FullName;
    private readonly string _one = PublisherProcess.NewName();
    private readonly string _two = PublisherProcess.NewName();

    private string FilePath => Path.Combine(_folder, "cameras.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_runs_all_publishers_each_in_a_process_and_ends_them_with_itself()
    {
        Write(Synthetic(_one), Synthetic(_two));
        using PublisherProcess supervisor = Start();
        int first = PidOf(supervisor, _one);
        int second = PidOf(supervisor, _two);
        Assert.Equal(3, new[] { first, second, supervisor.Id }.Distinct().Count());
        using (FrameReader reader = FrameReader.Open(_two))
            Assert.Equal(ChannelState.Live, reader.State);

        // However it ends, none of them outlives it.
        supervisor.KillHard();
        Until.True(() => !ChildrenTests.IsAlive(first) && !ChildrenTests.IsAlive(second), "a publisher outlives its supervisor");
    }

    [SkippableFact]
    public void A_signal_ends_all_in_good_order()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "POSIX signals are sent here");
        Write(Synthetic(_one, "\"logPath\": \"one.log\""));
        using PublisherProcess supervisor = Start();
        PidOf(supervisor, _one);
        using FrameReader reader = FrameReader.Open(_one);
        supervisor.Signal(PublisherProcess.Terminate);
        Assert.Equal(0, supervisor.WaitForExit());
        Assert.Equal(ChannelState.Stopped, reader.State);

        // Paths are relative to the file's folder.
        Assert.Contains("ended (Signal)", File.ReadAllText(Path.Combine(_folder, "one.log")), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_publisher_that_is_killed_is_started_again_and_the_others_go_on()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "POSIX signals are sent here");
        Write(Synthetic(_one), Synthetic(_two));
        using PublisherProcess supervisor = Start();
        int first = PidOf(supervisor, _one);
        int second = PidOf(supervisor, _two);
        PublisherProcess.Signal(first, 9);
        Until.True(() => Pids(supervisor, _one) is { Length: 2 }, "it is not started again");
        Assert.NotEqual(first, Pids(supervisor, _one)[1]);
        Assert.Equal([second], Pids(supervisor, _two));
    }

    [SkippableFact]
    public void A_change_of_the_file_concerns_only_what_it_changes_and_an_invalid_one_nothing()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "POSIX signals are sent here");
        string three = PublisherProcess.NewName();
        Write(Synthetic(_one), Synthetic(_two));
        using PublisherProcess supervisor = Start();
        int first = PidOf(supervisor, _one);
        int second = PidOf(supervisor, _two);

        // Invalid: says where, and changes nothing.
        File.WriteAllText(FilePath, "{ \"publishers\": [\n  { \"name\": \"x\", \"synthetic\": true, \"width\": 0 }\n] }");
        supervisor.WaitForLine(line => line.Contains("has errors", StringComparison.Ordinal));

        // One stays, one goes, one comes; a comment is no change.
        Write("// the first one\n" + Synthetic(_one), Synthetic(three));
        JsonElement applied = PublisherProcess.Json(supervisor.WaitForLine(
            line => line.StartsWith("{\"event\":\"applied\"", StringComparison.Ordinal)
                && line.Contains("\"stopped\":1", StringComparison.Ordinal)));
        Assert.Equal(
            (1, 0, 1),
            (applied.GetProperty("started").GetInt32(), applied.GetProperty("changed").GetInt32(),
                applied.GetProperty("untouched").GetInt32()));
        PidOf(supervisor, three);
        Assert.False(ChildrenTests.IsAlive(second));
        Assert.True(ChildrenTests.IsAlive(first));

        // Another format is another process under the same name.
        Write(Synthetic(_one, "\"frameRate\": 20"), Synthetic(three));
        Until.True(() => Pids(supervisor, _one) is { Length: 2 }, "the change is not applied");
        Assert.False(ChildrenTests.IsAlive(first));
        Assert.Single(Pids(supervisor, three));
        supervisor.Signal(PublisherProcess.Terminate);
        Assert.Equal(0, supervisor.WaitForExit());
        Assert.Contains("(2,", supervisor.Errors, StringComparison.Ordinal);
        Assert.Contains("width", supervisor.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_stopped_by_hand_stays_stopped_and_without_any_the_supervisor_ends()
    {
        Write(Synthetic(_one), Synthetic(_two));
        using PublisherProcess supervisor = Start();
        PidOf(supervisor, _one);
        PidOf(supervisor, _two);
        Stop(_one);
        supervisor.WaitForLine(line => line.Contains(_one, StringComparison.Ordinal) && line.Contains("Ended", StringComparison.Ordinal));
        Assert.False(supervisor.HasExited);
        Stop(_two);
        Assert.Equal(0, supervisor.WaitForExit());
    }

    [Fact]
    public void A_source_that_is_not_there_is_waited_for_and_said_once()
    {
        Write(Synthetic(_one), $$"""{ "name": "{{_two}}", "camera": "no such camera" }""");
        using PublisherProcess supervisor = Start();
        PidOf(supervisor, _one);
        supervisor.WaitForLine(line => line.Contains("CameraNotFound", StringComparison.Ordinal));
        Assert.Single(
            supervisor.Lines, line => line.Contains(_two, StringComparison.Ordinal) && line.Contains("Failed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_with_errors_is_refused_with_all_of_them()
    {
        File.WriteAllText(FilePath,
            "{\n  \"publishers\": [\n    { \"name\": \"a\", \"synthetic\": true, \"widht\": 3 },\n    { \"name\": \"b\" }\n  ]\n}");
        (int code, _, string errors) = PublisherProcess.Run("run", "--configuration", FilePath);
        Assert.Equal(2, code);
        Assert.Contains("cameras.json(3,39): ", errors, StringComparison.Ordinal);
        Assert.Contains("Write \"width\"", errors, StringComparison.Ordinal);
        Assert.Contains("cameras.json(4,5): ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        (int code, _, string errors) = PublisherProcess.Run("run", "--configuration", FilePath);
        Assert.Equal(4, code);
        Assert.Contains("FileNotFound", errors, StringComparison.Ordinal);
        Assert.Contains(FilePath, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_starts_nothing()
    {
        Write(Synthetic(_one));
        (int code, var lines, _) = PublisherProcess.Run("run", "--configuration", FilePath, "--check");
        Assert.Equal(0, code);
        Assert.Contains("valid: 1", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void One_account_runs_a_file_once()
    {
        Write(Synthetic(_one));
        using PublisherProcess supervisor = Start();
        PidOf(supervisor, _one);
        (int code, _, string errors) = PublisherProcess.Run("run", "--configuration", FilePath);
        Assert.Equal(3, code);
        Assert.Contains("ConfigurationInUse", errors, StringComparison.Ordinal);
    }

    private static string Synthetic(string name, string more = "\"frameRate\": 10") =>
        $$"""{ "name": "{{name}}", "synthetic": true, "width": 64, "height": 48, {{more}} }""";

    private static void Stop(string name)
    {
        using FrameReader reader = FrameReader.Open(name);
        Assert.Equal("OK", PublisherProcess.Ask(reader.Inspect().ControlEndpoint, ControlClient.Stop).Head);
    }

    private static int[] Pids(PublisherProcess supervisor, string name) =>
    [
        .. supervisor.Lines.Where(line => line.Contains($"\"name\":\"{name}\"", StringComparison.Ordinal))
            .Select(PublisherProcess.Json)
            .Where(static line => line.TryGetProperty("pid", out _))
            .Select(static line => line.GetProperty("pid").GetInt32()),
    ];

    private static int PidOf(PublisherProcess supervisor, string name)
    {
        Until.True(() => Pids(supervisor, name).Length > 0, $"{name} does not publish");
        return Pids(supervisor, name)[0];
    }

    private PublisherProcess Start() => PublisherProcess.Start("run", "--configuration", FilePath, "--json");

    private void Write(params string[] publishers) =>
        File.WriteAllText(FilePath, $"{{ \"publishers\": [\n{string.Join(",\n", publishers)},\n] }}");
}
