type Props = {
  readonly label: string;
  readonly value: number;
  readonly valueText: string;
  readonly max: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
};

/** A range that says its value in words. */
export function Slider({ label, value, valueText, min = 0, max, onChange }: Props) {
  return (
    <label class="price-slider">
      {label}: {valueText}
      <input
        type="range"
        min={min}
        max={max}
        step={1}
        value={value}
        aria-label={label}
        aria-valuetext={valueText}
        onInput={(event) => onChange(Number(event.currentTarget.value))}
      />
    </label>
  );
}
