/**
 * Mends what GraphiQL and its explorer tell screen readers. Their tabs are said to be one control each, but hold two buttons, and
 * the explorer's fields have no names.
 */
export function mendRoles(page: Element): void {
  const mend = () => {
    for (const list of page.querySelectorAll('.graphiql-tabs[role=tablist]')) list.setAttribute('role', 'list');
    for (const tab of page.querySelectorAll('.graphiql-tab')) {
      const isActive = tab.classList.contains('graphiql-tab-active');
      if (tab.hasAttribute('role')) tab.removeAttribute('role');
      if (tab.hasAttribute('aria-selected')) tab.removeAttribute('aria-selected');
      name(tab.querySelector('.graphiql-tab-button'), 'aria-current', String(isActive));
    }
    name(page.querySelector('#graphiql-session'), 'role', 'region');
    // Their text says what they are; the label leaves it out.
    for (const item of page.querySelectorAll('.graphiql-history-item-label[aria-label]'))
      item.removeAttribute('aria-label');
    for (const field of page.querySelectorAll('.docExplorerWrap :is(input, select)')) {
      const { argName } = field.closest<HTMLElement>('[data-arg-name]')?.dataset ?? {};
      name(field, 'aria-label', argName ?? field.getAttribute('placeholder') ?? 'Kind of operation');
    }
  };
  mend();
  const attributeFilter = ['role', 'class', 'aria-selected'];
  new MutationObserver(mend).observe(page, { subtree: true, childList: true, attributes: true, attributeFilter });
}

/** Only where it says something new: saying it again would be one more change to be told of. */
function name(element: Element | null, attribute: string, value: string): void {
  if (element && element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
}
