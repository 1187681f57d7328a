using Microsoft.AspNetCore.Http;

namespace HelpDesk;

/// <summary>Makes the actor of a request from its authentication.</summary>
/// <remarks>
/// The default takes the user id from the claims of the signed-in user and the roles from <see cref="People.IUserDirectory"/>, so that a role that was taken
/// away ends with its cache and not with the sign-in. Replace it with <c>UseActorResolver&lt;T&gt;()</c>. An implementation must read nothing but what
/// authentication established: never body, query or headers.
/// </remarks>
public interface IActorResolver
{
    /// <summary>Returns the actor, or null where the request has none: it is answered with 401.</summary>
    ValueTask<Actor?> ResolveAsync(HttpContext context, CancellationToken cancellationToken);
}
