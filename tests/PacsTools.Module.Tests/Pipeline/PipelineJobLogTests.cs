using System.Management.Automation;
using PacsTools.Pipeline;

namespace PacsTools.Module.Tests.Pipeline;

/// <summary>What a job says of a peer may quote it.</summary>
public class PipelineJobLogTests
{
    [Fact]
    public void Remarks_reach_the_terminal_without_control_characters()
    {
        var pipeline = new Recording();
        var log = new PipelineJobLog(pipeline);
        log.Verbose("\u001b]0;owned\u0007 was refused");
        log.Warning("Some.Id", "\u009b31m stored\r\n");
        Assert.Equal(["?]0;owned? was refused", "?31m stored??"], pipeline.Written);
    }

    private sealed class Recording : IPipeline
    {
        public List<string> Written { get; } = [];

        public ValueTask WriteWarningAsync(string text) => WriteVerboseAsync(text);

        public ValueTask WriteVerboseAsync(string text)
        {
            Written.Add(text);
            return ValueTask.CompletedTask;
        }

        public ValueTask WriteObjectAsync(object value) => throw new NotSupportedException();

        public ValueTask WriteErrorAsync(ErrorRecord error) => throw new NotSupportedException();

        public Task<bool> ShouldProcessAsync(string target, string action) => throw new NotSupportedException();

        public void Progress(in ProgressState state) => throw new NotSupportedException();

        public void RunBeside(Func<CancellationToken, Task> work, object? target) => throw new NotSupportedException();
    }
}
