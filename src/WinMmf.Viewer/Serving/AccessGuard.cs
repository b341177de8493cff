using System;
using System.Net;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace WinMmf.Viewer.Serving;

/// <summary>
/// Decides about each request before anything else sees it: 400 for a foreign Host (DNS rebinding), 405 for what is no reading, 403 for a
/// page of another origin, 401 without token. One address may be come to from elsewhere, once: the one in the file by which the viewer
/// opens the browser.
/// </summary>
internal sealed class AccessGuard
{
    // Nothing from elsewhere, no frame around the page, nothing sent anywhere. Frames reach the canvas as blobs.
    private const string ContentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The path of the address that works once, from elsewhere too.</summary>
    public const string EntryPath = "/enter";

    private const string Bearer = "Bearer ";
    private readonly AccessToken _token;

    /// <summary>Makes a guard.</summary>
    /// <param name="token">What opens the door.</param>
    public AccessGuard(AccessToken token) => _token = token;

    /// <summary>A browser has come by the address that works once.</summary>
    public event Action? Entered;

    /// <summary>The cookie's name. Browsers send a host's cookies to all its ports, so each viewer has its own.</summary>
    public static string CookieName(HttpContext context) => $"winmmf-viewer-{context.Connection.LocalPort}";

    /// <summary>Lets a request through to the next step, or answers it.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";

        if (!IsOwnHost(context.Request.Host))
            await Refuse(context, HttpStatusCode.BadRequest, "This is not the host of this viewer. Use the address that it printed.");
        else if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            await Refuse(context, HttpStatusCode.MethodNotAllowed, "The viewer only shows: use GET.");
        else if (context.Request.Path == EntryPath && _token.TakeEntry(context.Request.Query["code"]))
            await EnterAsync(context);
        else if (!IsOwnOrigin(context.Request))
            await Refuse(context, HttpStatusCode.Forbidden, "Pages of other origins get nothing here.");
        else if (TakeTokenFromAddress(context))
            return;
        else if (!IsAllowed(context))
            await Refuse(context, HttpStatusCode.Unauthorized,
                "This needs the viewer's token. Open the whole address that the viewer printed, or send 'Authorization: Bearer TOKEN'.");
        else
            await next(context);
    }

    /// <summary>Answers with a status and a sentence.</summary>
    public static Task Refuse(HttpContext context, HttpStatusCode status, string text)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }

    /// <summary>Any port: over <c>ssh -L</c> it may be another. A name of another host that leads here is an attack.</summary>
    private static bool IsOwnHost(HostString host) =>
        host.HasValue && host.Host is "127.0.0.1" or "localhost" or "[::1]" && host.Value!.IndexOfAny([',', '@', '/']) < 0;

    private static bool IsOwnOrigin(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        if (!string.IsNullOrEmpty(origin) && origin != $"{request.Scheme}://{request.Host.Value}")
            return false;

        // What current browsers say of the page that asks. Absent in players; "none": the user typed the address.
        string? site = request.Headers["Sec-Fetch-Site"];
        return string.IsNullOrEmpty(site) || site is "same-origin" or "none";
    }

    /// <summary><c>/?token=…</c>: the token becomes a cookie that scripts cannot read, and leaves the address.</summary>
    private bool TakeTokenFromAddress(HttpContext context)
    {
        if (context.Request.Path != "/" || !_token.Matches(context.Request.Query["token"]))
            return false;
        AddCookie(context);
        context.Response.StatusCode = (int)HttpStatusCode.SeeOther;
        context.Response.Headers.Location = "/" + WithoutToken(context.Request.Query);
        return true;
    }

    /// <summary>
    /// The browser comes from a file. A redirection would still count as coming from there, and the browser would keep the cookie back;
    /// what this page asks for counts as this page's own.
    /// </summary>
    private Task EnterAsync(HttpContext context)
    {
        Entered?.Invoke();
        AddCookie(context);
        context.Response.ContentType = "text/html; charset=utf-8";
        string page = WebUtility.HtmlEncode("/" + WithoutToken(context.Request.Query));
        return context.Response.WriteAsync(
            $"<!DOCTYPE html><title>WinMmf viewer</title><meta http-equiv=\"refresh\" content=\"0;url={page}\">", context.RequestAborted);
    }

    private void AddCookie(HttpContext context) => context.Response.Cookies.Append(
        CookieName(context), _token.Value, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });

    private static string WithoutToken(IQueryCollection query)
    {
        string kept = "";
        foreach (string key in new[] { "channel", "scope" })
        {
            string? value = query[key];
            if (!string.IsNullOrEmpty(value))
                kept += $"{(kept.Length == 0 ? '?' : '&')}{key}={Uri.EscapeDataString(value)}";
        }

        return kept;
    }

    private bool IsAllowed(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (_token.Matches(request.Cookies[CookieName(context)]))
            return true;
        string? authorization = request.Headers.Authorization;
        if (authorization?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true && _token.Matches(authorization[Bearer.Length..]))
            return true;
        return PictureAddress.TryParse(request.Path.Value ?? "", request.Query["scope"]) is PictureAddress address
            && _token.Accepts(request.Query["ticket"], address.Subject);
    }
}
