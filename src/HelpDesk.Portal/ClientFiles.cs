using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Portal;

/// <summary>The scripts and styles that the build made: static web assets of this package, whose names carry a hash of what is in them.</summary>
internal sealed class ClientFiles
{
    /// <summary>Where they are below the portal's prefix, and in the package.</summary>
    public const string Folder = "assets";

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();
    private static readonly (string Encoding, string Extension)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    private readonly IFileProvider webRoot;

    /// <exception cref="InvalidOperationException">The host's web root does not have them.</exception>
    public ClientFiles(IWebHostEnvironment environment)
    {
        webRoot = environment.WebRootFileProvider;
        Client = ReadManifest();
        if (Client is not null && !Find(Client.Script).Exists)
        {
            throw new InvalidOperationException(
                "The files of HelpDesk's portal are not where the host looks for static files (_content/HelpDesk.Portal). Run the published application (dotnet publish), "
                + "or call builder.WebHost.UseStaticWebAssets() to run it from its build output outside of the Development environment.");
        }
    }

    /// <summary>What a page has to load; null where this assembly was built without Node.</summary>
    public ClientManifest? Client { get; }

    public IResult Serve(HttpContext context, string file)
    {
        // A name of ours has no folders; the file provider would refuse to leave its root in any case.
        if (file.AsSpan().ContainsAny('/', '\\') || !ContentTypes.TryGetContentType(file, out var contentType) || Find(file) is not { Exists: true } found)
            return TypedResults.NotFound();

        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        var accepted = context.Request.GetTypedHeaders().AcceptEncoding;
        foreach (var (encoding, extension) in Encodings)
        {
            if (accepted.Any(value => value.Value == encoding && value.Quality is not 0) && Find(file + extension) is { Exists: true } compressed)
            {
                headers.ContentEncoding = encoding;
                found = compressed;
                break;
            }
        }

        // The name is the version: whoever has the file has it for good.
        var tag = new EntityTagHeaderValue($"\"{found.Name}\"");
        return TypedResults.Stream(found.CreateReadStream(), contentType, entityTag: tag);
    }

    private IFileInfo Find(string file) => webRoot.GetFileInfo($"_content/HelpDesk.Portal/{Folder}/{file}");

    private static ClientManifest? ReadManifest()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("manifest.json");
        return stream is null ? null : ClientManifest.Read(JsonDocument.Parse(stream).RootElement);
    }
}
