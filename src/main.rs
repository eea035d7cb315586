//! The page: a WebAssembly program in the browser. Everything about the domain
//! is in the library; this shows it and keeps it.
// The view macros of Leptos nest types deeply.
#![recursion_limit = "256"]

/// Functions of a part of the program that is fetched after the first paint. Each
/// becomes an `async` function that waits for its part; what only such functions use is
/// not in the first part.
macro_rules! later {
    ($part:ident:) => {};
    ($part:ident: $(#[$about:meta])* $vis:vis fn $name:ident($($arg:ident: $of:ty),*) -> $out:ty $body:block $($rest:tt)*) => {
        $(#[$about])*
        #[wasm_split_helpers::wasm_split($part, fallible)]
        $vis fn $name($($arg: $of),*) -> Result<$out, $crate::ui::late::NotLoaded> {
            let made: $out = $body;
            Ok(made)
        }
        later! { $part: $($rest)* }
    };
    ($part:ident: $(#[$about:meta])* $vis:vis async fn $name:ident($($arg:ident: $of:ty),*) -> $out:ty $body:block $($rest:tt)*) => {
        $(#[$about])*
        #[wasm_split_helpers::wasm_split(
            $part, fallible,
            return_wrapper(let coming = _; { Ok(coming?.await) } -> Result<$out, $crate::ui::late::NotLoaded>)
        )]
        $vis fn $name($($arg: $of),*) -> Result<$crate::ui::late::Coming<$out>, $crate::ui::late::NotLoaded> {
            Ok(Box::pin(async move $body))
        }
        later! { $part: $($rest)* }
    };
}

mod browser;
mod ui;

fn main() {
    #[cfg(feature = "synthetic")]
    zhidu::catalogue::carry_synthetic();
    ui::start();
}

impl From<wasm_split_helpers::SplitLoaderError> for ui::late::NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}
