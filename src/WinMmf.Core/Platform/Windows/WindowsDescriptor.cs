using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using WinMmf.Errors;

namespace WinMmf.Platform.Windows;

/// <summary>
/// A security descriptor's owner, access list, mandatory label and audit entries, read from its self-relative form. Asks the system
/// nothing, so that what it says and what <see cref="WindowsAccessCheck"/> computes from it can be tested anywhere.
/// </summary>
internal sealed class WindowsDescriptor
{
    private const int HeaderBytes = 20;
    private const int AclHeaderBytes = 8;
    private const int AceHeaderBytes = 8;
    private const ushort DaclPresent = 0x0004;
    private const ushort SaclPresent = 0x0010;
    private const ushort DaclProtected = 0x1000;

    public WindowsDescriptor(
        string owner, bool hasList, bool isProtected, IReadOnlyList<WindowsAce> entries, IReadOnlyList<WindowsAce>? systemEntries = null)
    {
        Owner = owner;
        HasList = hasList;
        IsProtected = isProtected;
        Entries = entries;
        SystemEntries = systemEntries ?? [];
    }

    /// <summary>The owner's SID; empty if there is none.</summary>
    public string Owner { get; }

    /// <summary>
    /// False if there is no access list, which gives every account every right; an empty list gives no account any right.
    /// </summary>
    public bool HasList { get; }

    /// <summary>True if nothing is inherited. Named objects inherit nothing; it is part of the text.</summary>
    public bool IsProtected { get; }

    /// <summary>The access list.</summary>
    public IReadOnlyList<WindowsAce> Entries { get; }

    /// <summary>The mandatory label and the audit entries, as far as they were asked for; those of other types are left out.</summary>
    public IReadOnlyList<WindowsAce> SystemEntries { get; }

    /// <summary>The mandatory label; null where there is none, which counts as medium.</summary>
    public WindowsAce? Label
    {
        get
        {
            foreach (WindowsAce entry in SystemEntries)
            {
                if (entry.IsLabel)
                    return entry;
            }

            return null;
        }
    }

    /// <summary>Reads a descriptor.</summary>
    /// <exception cref="WinMmfException">SystemError if the bytes are no descriptor.</exception>
    public static WindowsDescriptor Parse(byte[] bytes)
    {
        if (bytes.Length < HeaderBytes)
            throw Broken();
        ushort control = BitConverter.ToUInt16(bytes, 2);
        uint ownerAt = BitConverter.ToUInt32(bytes, 4);
        uint systemListAt = BitConverter.ToUInt32(bytes, 12);
        uint listAt = BitConverter.ToUInt32(bytes, 16);
        string owner = ownerAt == 0 ? "" : ReadSid(bytes, ownerAt);
        bool hasList = (control & DaclPresent) != 0 && listAt != 0;
        List<WindowsAce> systemEntries = (control & SaclPresent) != 0 && systemListAt != 0
            ? ReadEntries(bytes, systemListAt).FindAll(static entry => entry.IsSystem)
            : [];
        return new WindowsDescriptor(
            owner, hasList, (control & DaclProtected) != 0, hasList ? ReadEntries(bytes, listAt) : [], systemEntries);
    }

    /// <summary>The same descriptor with another list.</summary>
    public WindowsDescriptor With(IReadOnlyList<WindowsAce> entries) =>
        new(Owner, hasList: true, isProtected: true, entries, SystemEntries);

    /// <summary>The same descriptor with another label and other audit entries.</summary>
    public WindowsDescriptor WithSystem(IReadOnlyList<WindowsAce> systemEntries) =>
        new(Owner, HasList, IsProtected, Entries, systemEntries);

    /// <summary>Its text: owner, access list, label and audit entries.</summary>
    public string ToSddl()
    {
        StringBuilder text = new();
        if (Owner.Length > 0)
            text.Append("O:").Append(Owner);
        return text.Append(ListToSddl()).Append(SystemToSddl()).ToString();
    }

    /// <summary>The text of the access list alone.</summary>
    public string ListToSddl()
    {
        if (!HasList)
            return "D:NO_ACCESS_CONTROL";
        StringBuilder text = new("D:");
        if (IsProtected)
            text.Append('P');
        foreach (WindowsAce entry in Entries)
        {
            // Entries of other types have conditions that are not read here; the text says that there is something.
            if (!entry.IsPlain)
                text.Append("(type 0x").Append(Hex(entry.Type)).Append(')');
            else
                text.Append(entry.IsAllowed ? "(A;" : "(D;").Append(FlagsToText(entry.Flags)).Append(";0x").Append(Hex(entry.Mask))
                    .Append(";;;").Append(entry.Sid).Append(')');
        }

        return text.ToString();
    }

    /// <summary>The text of label and audit entries; empty if there are none.</summary>
    public string SystemToSddl()
    {
        StringBuilder text = new();
        foreach (WindowsAce entry in SystemEntries)
        {
            text.Append(text.Length == 0 ? "S:" : "").Append(entry.IsLabel ? "(ML;" : "(AU;").Append(FlagsToText(entry.Flags)).Append(';');
            text.Append(entry.IsLabel ? WindowsLabel.RightsToText(entry.Mask) : "0x" + Hex(entry.Mask)).Append(";;;").Append(entry.Sid)
                .Append(')');
        }

        return text.ToString();
    }

    private static string FlagsToText(byte flags)
    {
        StringBuilder text = new();
        string[] names = ["OI", "CI", "NP", "IO", "ID", "", "SA", "FA"];
        for (int bit = 0; bit < names.Length; bit++)
        {
            if ((flags & (1 << bit)) != 0)
                text.Append(names[bit]);
        }

        return text.ToString();
    }

    private static string Hex(uint value) => value.ToString("x", CultureInfo.InvariantCulture);

    private static List<WindowsAce> ReadEntries(byte[] bytes, uint at)
    {
        if ((long)at + AclHeaderBytes > bytes.Length)
            throw Broken();
        int count = BitConverter.ToUInt16(bytes, (int)at + 4);
        uint position = at + AclHeaderBytes;
        List<WindowsAce> entries = new(count);
        for (int i = 0; i < count; i++)
        {
            if (position + AceHeaderBytes > (uint)bytes.Length)
                throw Broken();
            byte type = bytes[position];
            byte flags = bytes[position + 1];
            uint size = BitConverter.ToUInt16(bytes, (int)position + 2);
            if (size < AceHeaderBytes || position + size > (uint)bytes.Length)
                throw Broken();
            bool hasSid = type is WindowsAce.AllowedType or WindowsAce.DeniedType or WindowsAce.AuditType or WindowsAce.LabelType;
            entries.Add(new WindowsAce(
                type, flags, BitConverter.ToUInt32(bytes, (int)position + 4), hasSid ? ReadSid(bytes, position + AceHeaderBytes) : ""));
            position += size;
        }

        return entries;
    }

    private static string ReadSid(byte[] bytes, uint at)
    {
        const int SidHeaderBytes = 8;
        if ((long)at + SidHeaderBytes > bytes.Length)
            throw Broken();
        int parts = bytes[at + 1];
        if ((long)at + SidHeaderBytes + (4 * parts) > bytes.Length)
            throw Broken();
        ulong authority = 0;
        for (uint i = 2; i < 8; i++)
            authority = (authority << 8) | bytes[at + i];
        StringBuilder text = new("S-1-");
        text.Append(authority.ToString(CultureInfo.InvariantCulture));
        for (int i = 0; i < parts; i++)
            text.Append('-').Append(
                BitConverter.ToUInt32(bytes, (int)at + SidHeaderBytes + (4 * i)).ToString(CultureInfo.InvariantCulture));
        return text.ToString();
    }

    private static WinMmfException Broken() =>
        new(WinMmfErrorId.SystemError, "A security descriptor that the system gave makes no sense. Nothing was changed.");
}
