import type { AnchorHTMLAttributes } from 'react';
import { go } from '../place.ts';

/** An ordinary link that does not load the page anew; with a modifier key it opens elsewhere, as links do. */
export function Link({ href, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string }) {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(href);
      }}
    />
  );
}
