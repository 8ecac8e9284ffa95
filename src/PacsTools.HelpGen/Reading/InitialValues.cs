using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;

namespace PacsTools.HelpGen.Reading;

/// <summary>What a constructor puts into a property.</summary>
/// <param name="IsSet">Whether it puts something there.</param>
/// <param name="Text">That in words; null if it is more than a constant.</param>
internal readonly record struct InitialValue(bool IsSet, string? Text);

/// <summary>
/// What the properties of a class are set to where they are declared, read from the compiled constructor, without running it: a constant that is stored in the
/// field behind the property.
/// </summary>
internal static class InitialValues
{
    private static readonly Dictionary<short, OpCode> s_opCodes =
        typeof(OpCodes).GetFields().Select(f => f.GetValue(null)).OfType<OpCode>().ToDictionary(o => o.Value);

    public static IReadOnlyDictionary<string, InitialValue> Of(Type type)
    {
        var found = new Dictionary<string, InitialValue>(StringComparer.Ordinal);
        for (var at = type; at is not null && at.Namespace?.StartsWith("PacsTools", StringComparison.Ordinal) == true; at = at.BaseType)
        {
            foreach (var constructor in at.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)) Read(constructor, found);
        }

        return found;
    }

    private static void Read(ConstructorInfo constructor, Dictionary<string, InitialValue> found)
    {
        var code = constructor.GetMethodBody()?.GetILAsByteArray() ?? [];
        var steps = 0;
        string? constant = null;
        for (var at = 0; at < code.Length;)
        {
            var op = s_opCodes[code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at]];
            var operand = code.AsSpan(at + op.Size);
            if (op == OpCodes.Stfld)
            {
                var name = constructor.Module.ResolveField(BinaryPrimitives.ReadInt32LittleEndian(operand))!.Name;
                // Exactly: load this, load a constant, perhaps widen it.
                if (name.StartsWith('<')) found.TryAdd(name[1..name.IndexOf('>', StringComparison.Ordinal)], new InitialValue(true, steps == 1 ? constant : null));
                (steps, constant) = (0, null);
            }
            else if (op == OpCodes.Ldarg_0)
            {
                (steps, constant) = (0, null);
            }
            else if (op != OpCodes.Conv_I8 && op != OpCodes.Conv_R8)
            {
                steps++;
                constant = Constant(op, operand, constructor.Module);
            }

            at += op.Size + Length(op, operand);
        }
    }

    private static string? Constant(OpCode op, ReadOnlySpan<byte> operand, Module module)
    {
        if (op == OpCodes.Ldstr) return module.ResolveString(BinaryPrimitives.ReadInt32LittleEndian(operand)) is { Length: > 0 } text ? text : "None";
        if (op == OpCodes.Ldc_I4) return Text(BinaryPrimitives.ReadInt32LittleEndian(operand));
        if (op == OpCodes.Ldc_I4_S) return Text((sbyte)operand[0]);
        if (op == OpCodes.Ldc_I8) return Text(BinaryPrimitives.ReadInt64LittleEndian(operand));
        if (op == OpCodes.Ldc_R8) return Text(BinaryPrimitives.ReadDoubleLittleEndian(operand));
        if (op.Value >= OpCodes.Ldc_I4_M1.Value && op.Value <= OpCodes.Ldc_I4_8.Value) return Text(op.Value - OpCodes.Ldc_I4_0.Value);
        // An empty list, and the marks of parameters that were not given.
        if (op == OpCodes.Call && module.ResolveMethod(BinaryPrimitives.ReadInt32LittleEndian(operand)) is { Name: "Empty" or "get_Text" or "get_List" }) return "None";
        if (op == OpCodes.Ldsfld && module.ResolveField(BinaryPrimitives.ReadInt32LittleEndian(operand)) is { DeclaringType.Name: "Absent" }) return "None";
        return null;
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static int Length(OpCode op, ReadOnlySpan<byte> operand) => op.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(operand)),
        _ => 4,
    };
}
