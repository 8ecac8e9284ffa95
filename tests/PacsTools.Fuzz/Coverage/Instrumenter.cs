using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace PacsTools.Fuzz.Coverage;

/// <summary>
/// Rewrites an assembly so that each basic block counts how often it is entered: real coverage of the code under test, measured where it runs.
/// The counters are one byte a block, in an array of a type put into the assembly.
/// </summary>
internal static class Instrumenter
{
    /// <summary>The type that holds the counters; no compiler makes such a name.</summary>
    internal const string CounterType = "<BlockCounters>";
    internal const string CounterField = "Counters";

    /// <summary>Rewrites the assembly of a file; the file stays as it is.</summary>
    internal static InstrumentedAssembly Rewrite(string path)
    {
        bool hasSymbols = File.Exists(Path.ChangeExtension(path, ".pdb"));
        using var module = ModuleDefinition.ReadModule(path, new ReaderParameters { ReadSymbols = hasSymbols });
        var counters = new FieldDefinition(CounterField, FieldAttributes.Public | FieldAttributes.Static | FieldAttributes.InitOnly, new ArrayType(module.TypeSystem.Byte));
        MethodDefinition[] methods = [.. module.GetTypes().SelectMany(type => type.Methods).Where(IsWritten)];
        var blocks = new List<string>();
        foreach (MethodDefinition method in methods) Rewrite(method, counters, blocks);
        module.Types.Add(MakeCounterType(module, counters, blocks.Count));

        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        module.Write(image, hasSymbols ? new WriterParameters { WriteSymbols = true, SymbolStream = symbols, SymbolWriterProvider = new PortablePdbWriterProvider() } : new WriterParameters());
        return new InstrumentedAssembly(module.Assembly.Name.Name, image.ToArray(), hasSymbols ? symbols.ToArray() : null, [.. blocks]);
    }

    // Equality and the like of records, and properties without a body, were written by nobody.
    private static bool IsWritten(MethodDefinition method) => method.HasBody && method.Body.Instructions.Count > 0
        && !method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == nameof(System.Runtime.CompilerServices.CompilerGeneratedAttribute));

    private static TypeDefinition MakeCounterType(ModuleDefinition module, FieldDefinition counters, int count)
    {
        var type = new TypeDefinition("", CounterType, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit, module.TypeSystem.Object);
        type.Fields.Add(counters);
        var constructor = new MethodDefinition(
            ".cctor", MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, module.TypeSystem.Void);
        ILProcessor il = constructor.Body.GetILProcessor();
        il.Emit(OpCodes.Ldc_I4, count);
        il.Emit(OpCodes.Newarr, module.TypeSystem.Byte);
        il.Emit(OpCodes.Stsfld, counters);
        il.Emit(OpCodes.Ret);
        type.Methods.Add(constructor);
        return type;
    }

    private static void Rewrite(MethodDefinition method, FieldDefinition counters, List<string> blocks)
    {
        MethodBody body = method.Body;
        body.SimplifyMacros();
        var moved = new Dictionary<Instruction, Instruction>();
        ILProcessor il = body.GetILProcessor();
        foreach (Instruction start in Starts(body))
        {
            Instruction[] probe =
            [
                il.Create(OpCodes.Ldsfld, counters), il.Create(OpCodes.Ldc_I4, blocks.Count), il.Create(OpCodes.Ldelema, method.Module.TypeSystem.Byte),
                il.Create(OpCodes.Dup), il.Create(OpCodes.Ldind_U1), il.Create(OpCodes.Ldc_I4_1), il.Create(OpCodes.Add), il.Create(OpCodes.Conv_U1), il.Create(OpCodes.Stind_I1),
            ];
            foreach (Instruction instruction in probe) il.InsertBefore(start, instruction);
            moved.Add(start, probe[0]);
            blocks.Add(method.FullName);
        }

        Redirect(body, moved);
        body.OptimizeMacros();
    }

    // A block starts where a method or a handler does, where a branch leads, and behind a branch that may not be taken.
    private static Instruction[] Starts(MethodBody body)
    {
        var starts = new HashSet<Instruction> { body.Instructions[0] };
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target) starts.Add(target);
            else if (instruction.Operand is Instruction[] targets) starts.UnionWith(targets);
            if (instruction.OpCode.FlowControl == FlowControl.Cond_Branch && instruction.Next is { } next) starts.Add(next);
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            if (handler.HandlerStart is { } start) starts.Add(start);
            if (handler.FilterStart is { } filter) starts.Add(filter);
        }

        return [.. body.Instructions.Where(starts.Contains)];
    }

    private static void Redirect(MethodBody body, Dictionary<Instruction, Instruction> moved)
    {
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target) instruction.Operand = Moved(target);
            else if (instruction.Operand is Instruction[] targets) instruction.Operand = Array.ConvertAll(targets, Moved);
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            if (handler.TryStart is { } tryStart) handler.TryStart = Moved(tryStart);
            if (handler.TryEnd is { } tryEnd) handler.TryEnd = Moved(tryEnd);
            if (handler.HandlerStart is { } start) handler.HandlerStart = Moved(start);
            if (handler.HandlerEnd is { } end) handler.HandlerEnd = Moved(end);
            if (handler.FilterStart is { } filter) handler.FilterStart = Moved(filter);
        }

        Instruction Moved(Instruction instruction) => moved.GetValueOrDefault(instruction, instruction);
    }
}
