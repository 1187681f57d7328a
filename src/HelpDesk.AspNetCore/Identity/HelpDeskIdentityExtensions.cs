using System.Linq.Expressions;
using HelpDesk.AspNetCore.Identity;
using HelpDesk.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HelpDesk;

/// <summary>Connects the help desk with ASP.NET Core Identity.</summary>
public static class HelpDeskIdentityExtensions
{
    /// <summary>Takes users and roles from ASP.NET Core Identity with its EF Core stores.</summary>
    /// <typeparam name="TUser">The host's user, an <see cref="IdentityUser{TKey}"/> with a key of any type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="displayName">The name that others may see, as <c>u => u.FullName</c>; must be translatable by EF Core.
    /// Default: the user name up to <c>@</c>, so that no address is shown.</param>
    /// <remarks>The names of the roles are <see cref="HelpDeskRoleNames"/>. Who has which role is kept for 30 seconds.</remarks>
    /// <exception cref="InvalidOperationException"><typeparamref name="TUser"/> is no <see cref="IdentityUser{TKey}"/>.</exception>
    public static HelpDeskBuilder UseIdentity<TUser>(this HelpDeskBuilder builder, Expression<Func<TUser, string?>>? displayName = null)
        where TUser : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var directory = typeof(IdentityUserDirectory<,>).MakeGenericType(typeof(TUser), KeyOf(typeof(TUser)));
        builder.Services.Replace(ServiceDescriptor.Singleton(new IdentityDisplayName<TUser>(displayName)));
        builder.Services.TryAddSingleton<IdentityRoleCache<TUser>>();
        var create = ActivatorUtilities.CreateFactory(directory, []);
        builder.Services.Replace(ServiceDescriptor.Scoped(provider => HasRoles<TUser>(provider) ? (IUserDirectory)create(provider, null) : throw NoRoles<TUser>()));
        return builder.AddHttp();
    }

    private static bool HasRoles<TUser>(IServiceProvider services)
        where TUser : class => services.GetService<UserManager<TUser>>()?.SupportsUserRole == true;

    private static InvalidOperationException NoRoles<TUser>() => new(
        $"UseIdentity<{typeof(TUser).Name}>() needs Identity with roles. Call builder.Services.AddIdentityApiEndpoints<{typeof(TUser).Name}>() (or another AddIdentity call), " +
        "then .AddRoles<TRole>() and .AddEntityFrameworkStores<TContext>().");

    private static Type KeyOf(Type user)
    {
        for (var type = user; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IdentityUser<>))
                return type.GenericTypeArguments[0];
        }

        throw new InvalidOperationException(
            $"UseIdentity<{user.Name}>() needs a class that derives from IdentityUser<TKey>. For other users implement IUserDirectory and call UseUserDirectory<T>().");
    }
}
