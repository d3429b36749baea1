/** Two speakers and the two roads between them. */
export function Logo() {
  return (
    <svg
      aria-hidden="true"
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    >
      <circle cx="5" cy="5" r="2.75" />
      <circle cx="15" cy="5" r="2.75" />
      <path d="M5 7.75V17M15 7.75V17M7.1 6.8l5.8 8.4M12.9 6.8l-5.8 8.4" />
    </svg>
  );
}
