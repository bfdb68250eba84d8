/** Closes the open menu when one of its links is followed, also to a step of the same page. */
export function watchMenu(): void {
  const menu = document.getElementById('menu');
  menu?.addEventListener('click', (event) => {
    const onLink = event.target instanceof Element && event.target.closest('a');
    if (onLink && menu.matches(':popover-open')) menu.hidePopover();
  });
}
