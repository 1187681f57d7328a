namespace HelpDesk.Attachments;

/// <summary>How files are kept. Their size and number are among <see cref="HelpDeskOptions.Limits"/>.</summary>
public sealed class AttachmentOptions
{
    /// <summary>
    /// The folder of the default store, absolute or relative to the host's content root. Nothing may serve it to the public. Several nodes need one that they share, or another
    /// store. Set it to a place that survives a deployment: in a container a volume, elsewhere a folder outside of what is replaced.
    /// </summary>
    /// <value>Default: <c>App_Data/helpdesk</c>.</value>
    public string Path { get; set; } = "App_Data/helpdesk";

    /// <summary>The file name extensions that are allowed, as <c>.pdf</c>. The first bytes of well-known types must fit as well.</summary>
    /// <value>Default: empty, which allows every file: it is only ever served as a download that no browser runs.</value>
    public IList<string> AllowedExtensions { get; } = [];

    /// <summary>How long the upload of one file may take.</summary>
    /// <value>Default: 30 minutes.</value>
    public TimeSpan UploadTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a staged file waits for a command.</summary>
    /// <value>Default: 24 hours; not less than <see cref="UploadTimeout"/>, better longer than that of all files of a message together.</value>
    public TimeSpan UploadLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long what may still be on its way to the store is left alone; more than clocks differ, and than a storage service may take for what its caller has given up.</summary>
    /// <value>Default: 1 hour; not less than <see cref="UploadTimeout"/>.</value>
    public TimeSpan Grace { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often uploads are looked for whose time is over.</summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the store is compared with the database, by one process of all. When it was done last is in the database.</summary>
    /// <value>Default: 1 day.</value>
    public TimeSpan OrphanInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Whether the library's service sweeps. Where not, the host's own scheduler calls <see cref="IAttachmentSweep"/>.</summary>
    /// <value>Default: true.</value>
    public bool RunsInBackground { get; set; } = true;
}
