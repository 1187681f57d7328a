using System.ComponentModel.DataAnnotations;
using HelpDesk.SampleHost.Data;
using HelpDesk.SampleHost.Demo;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HelpDesk.SampleHost.Pages;

/// <summary>The host's own sign-in, by cookie: the portal sends people here, and they go back to where they were.</summary>
internal sealed class SignInModel(SignInManager<AppUser> signIn, IHostEnvironment environment) : PageModel
{
    [BindProperty, Required, EmailAddress]
    public string Email { get; set; } = "";

    [BindProperty, Required]
    public string Password { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public IReadOnlyList<DemoAccount> DemoAccounts => environment.IsDevelopment() ? Demo.DemoAccounts.All : [];

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return Page();

        var result = await signIn.PasswordSignInAsync(Email, Password, isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded)
            return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : Url.Content("~/support"));

        ModelState.AddModelError("", result.IsLockedOut ? "Too many tries. Wait five minutes, then try again." : "This e-mail and password do not belong together.");
        return Page();
    }
}
