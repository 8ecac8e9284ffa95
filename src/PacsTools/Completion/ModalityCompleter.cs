using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PacsTools.Completion;

/// <summary>Completes modalities: the defined terms of Modality (0008,0060), PS3.3 C.7.3.1.1.1, that archives hold most.</summary>
public sealed class ModalityCompleter : IArgumentCompleter
{
    private static readonly (string Term, string Meaning)[] Terms =
    [
        ("CR", "Computed Radiography"), ("CT", "Computed Tomography"), ("DX", "Digital Radiography"), ("ECG", "Electrocardiography"),
        ("ES", "Endoscopy"), ("IO", "Intra-oral Radiography"), ("IVUS", "Intravascular Ultrasound"), ("KO", "Key Object Selection"),
        ("MG", "Mammography"), ("MR", "Magnetic Resonance"), ("NM", "Nuclear Medicine"), ("OCT", "Optical Coherence Tomography"),
        ("OP", "Ophthalmic Photography"), ("OT", "Other"), ("PR", "Presentation State"), ("PT", "Positron Emission Tomography"),
        ("PX", "Panoramic X-Ray"), ("RF", "Radio Fluoroscopy"), ("RTDOSE", "Radiotherapy Dose"), ("RTIMAGE", "Radiotherapy Image"),
        ("RTPLAN", "Radiotherapy Plan"), ("RTSTRUCT", "Radiotherapy Structure Set"), ("SC", "Secondary Capture"), ("SEG", "Segmentation"),
        ("SM", "Slide Microscopy"), ("SR", "Structured Report"), ("US", "Ultrasound"), ("XA", "X-Ray Angiography"), ("XC", "External-camera Photography"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Candidates.Beginning(wordToComplete, Terms);
}
